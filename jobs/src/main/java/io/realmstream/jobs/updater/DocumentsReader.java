package io.realmstream.jobs.updater;

import io.realmstream.jobs.InboundRecord;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka's reader of the documents topic, and beside it a thread that looks at the end of the log
 * each second: from both follow the watermarks, see {@link ReadProgress}.
 */
@SuppressWarnings("try") // SourceReader lets close() throw what it likes
final class DocumentsReader implements SourceReader<InboundRecord, KafkaPartitionSplit> {
  private static final Logger LOG = LoggerFactory.getLogger(DocumentsReader.class);
  private static final long LOOK_MS = 1_000;

  private final SourceReader<InboundRecord, KafkaPartitionSplit> kafka;
  private final LogEnd.Lookout lookout;
  private final ReadProgress progress = new ReadProgress();
  private final AtomicReference<@Nullable LogEnd> looked = new AtomicReference<>();
  private final ScheduledExecutorService looks =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "look-at-documents"));

  private volatile Set<Integer> partitions = Set.of();
  private volatile CompletableFuture<@Nullable Void> look = new CompletableFuture<>();
  private long watermark = Long.MIN_VALUE;

  DocumentsReader(SourceReader<InboundRecord, KafkaPartitionSplit> kafka, LogEnd.Lookout lookout) {
    this.kafka = kafka;
    this.lookout = lookout;
  }

  @Override
  public void start() {
    kafka.start();
    var unused = looks.scheduleWithFixedDelay(this::look, 0, LOOK_MS, TimeUnit.MILLISECONDS);
  }

  @Override
  public InputStatus pollNext(ReaderOutput<InboundRecord> output) throws Exception {
    InputStatus status = kafka.pollNext(new ObservedReader(output));
    LogEnd end = looked.getAndSet(null);
    if (end != null) {
      look = new CompletableFuture<>();
      progress.look(end);
      // Only now and then: a watermark a record would double the traffic
      if (progress.through() > watermark) {
        watermark = progress.through();
        output.emitWatermark(new Watermark(watermark));
      }
    }
    return status;
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return looked.get() != null
        ? CompletableFuture.completedFuture(null)
        : CompletableFuture.anyOf(kafka.isAvailable(), look).thenApply(any -> null);
  }

  @Override
  public void addSplits(List<KafkaPartitionSplit> splits) {
    for (KafkaPartitionSplit split : splits) {
      progress.begin(split.getPartition(), split.getStartingOffset());
    }
    partitions = progress.partitions();
    kafka.addSplits(splits);
  }

  @Override
  public List<KafkaPartitionSplit> snapshotState(long checkpoint) {
    return kafka.snapshotState(checkpoint);
  }

  @Override
  public void notifyNoMoreSplits() {
    kafka.notifyNoMoreSplits();
  }

  @Override
  public void handleSourceEvents(SourceEvent event) {
    kafka.handleSourceEvents(event);
  }

  @Override
  public void notifyCheckpointComplete(long checkpoint) throws Exception {
    kafka.notifyCheckpointComplete(checkpoint);
  }

  @Override
  public void notifyCheckpointAborted(long checkpoint) throws Exception {
    kafka.notifyCheckpointAborted(checkpoint);
  }

  @Override
  public void pauseOrResumeSplits(Collection<String> pause, Collection<String> resume) {
    kafka.pauseOrResumeSplits(pause, resume);
  }

  @Override
  public void close() throws Exception {
    looks.shutdownNow();
    try {
      lookout.close();
    } finally {
      kafka.close();
    }
  }

  // A look that fails claims nothing: the watermark stays until the brokers answer again
  private void look() {
    Set<Integer> wanted = partitions;
    if (wanted.isEmpty()) {
      return;
    }
    try {
      looked.set(lookout.look(wanted));
      look.complete(null);
    } catch (Exception e) {
      LOG.debug("cannot look at the end of the documents topic", e);
    }
  }

  /** Notes what a split hands on. */
  private class Observed implements SourceOutput<InboundRecord> {
    private final SourceOutput<InboundRecord> output;

    Observed(SourceOutput<InboundRecord> output) {
      this.output = output;
    }

    @Override
    public void collect(InboundRecord record) {
      output.collect(record);
      progress.read(record.partition(), record.offset(), record.timestamp());
    }

    @Override
    public void collect(InboundRecord record, long timestamp) {
      output.collect(record, timestamp);
      progress.read(record.partition(), record.offset(), record.timestamp());
    }

    @Override
    public void emitWatermark(Watermark mark) {
      output.emitWatermark(mark);
    }

    @Override
    public void markIdle() {
      output.markIdle();
    }

    @Override
    public void markActive() {
      output.markActive();
    }
  }

  /** The same for the reader, which makes an output for each split once. */
  private final class ObservedReader extends Observed implements ReaderOutput<InboundRecord> {
    private final ReaderOutput<InboundRecord> output;

    ObservedReader(ReaderOutput<InboundRecord> output) {
      super(output);
      this.output = output;
    }

    @Override
    public SourceOutput<InboundRecord> createOutputForSplit(String split) {
      return new Observed(output.createOutputForSplit(split));
    }

    @Override
    public void releaseOutputForSplit(String split) {
      output.releaseOutputForSplit(split);
    }
  }
}
