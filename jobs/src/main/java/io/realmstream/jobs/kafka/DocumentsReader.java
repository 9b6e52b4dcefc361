package io.realmstream.jobs.kafka;

import io.realmstream.jobs.InboundRecord;
import io.realmstream.jobs.graph.DocumentsRecord;
import io.realmstream.model.freshness.LogLook;
import io.realmstream.model.freshness.PartitionRead;
import io.realmstream.model.freshness.ReadProgress;
import io.realmstream.model.freshness.ReadThrough;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.Counter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka's reader of the documents topic, and beside it a thread that looks at the end of the log
 * each second: behind the records goes, after each look, how far they are read, see {@link
 * ReadProgress}.
 */
@SuppressWarnings("try") // as DelegatingReader
final class DocumentsReader extends DelegatingReader<DocumentsRecord> {
  private static final Logger LOG = LoggerFactory.getLogger(DocumentsReader.class);
  private static final long LOOK_MS = 1_000;

  private final KafkaLookout lookout;
  private final Counter expired;
  private final ReadProgress progress = new ReadProgress();

  /** The newest look, or the Error that it ended with. */
  private final AtomicReference<@Nullable Future<LogLook>> looked = new AtomicReference<>();

  private final ScheduledExecutorService looks =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "look-at-documents"));

  /** The offset to be read next of each partition, as of what was said last. */
  private volatile Map<Integer, Long> read = Map.of();

  private volatile CompletableFuture<@Nullable Void> look = new CompletableFuture<>();

  /**
   * @param expired counts edits that left the topic before they were read
   */
  DocumentsReader(
      SourceReader<InboundRecord, KafkaPartitionSplit> kafka,
      KafkaLookout lookout,
      Counter expired) {
    super(kafka);
    this.lookout = lookout;
    this.expired = expired;
  }

  @Override
  public void start() {
    super.start();
    var unused = looks.scheduleWithFixedDelay(this::look, 0, LOOK_MS, TimeUnit.MILLISECONDS);
  }

  @Override
  public InputStatus pollNext(ReaderOutput<DocumentsRecord> output) throws Exception {
    InputStatus status = kafka.pollNext(new ObservedReader(output));
    Future<LogLook> newest = looked.getAndSet(null);
    if (newest != null) {
      look = new CompletableFuture<>();
      progress.look(newest.get());
      ReadThrough said = progress.said();
      noteRead(said);
      noteExpired();
      output.collect(new DocumentsRecord(null, said));
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
    noteRead(progress.said());
    super.addSplits(splits);
  }

  @Override
  public void close() throws Exception {
    looks.shutdownNow();
    try {
      lookout.close();
    } finally {
      super.close();
    }
  }

  private void noteRead(ReadThrough said) {
    Map<Integer, Long> next = new HashMap<>();
    for (PartitionRead partition : said.read()) {
      next.put(partition.partition(), partition.next());
    }
    read = next;
  }

  private void noteExpired() {
    long lost = progress.expired() - expired.getCount();
    if (lost > 0) {
      expired.inc(lost);
      LOG.error(
          "{} edits left the documents topic before they were read: their retention had passed."
              + " Send these documents again",
          lost);
    }
  }

  // A look that fails claims nothing: what was said stands until the brokers answer again
  private void look() {
    Map<Integer, Long> wanted = read;
    if (wanted.isEmpty()) {
      return;
    }
    try {
      looked.set(CompletableFuture.completedFuture(lookout.look(wanted)));
    } catch (Exception e) {
      LOG.debug("cannot look at the end of the documents topic", e);
      return;
    } catch (Error e) { // the task must hear of it: no more looks would come
      looked.set(CompletableFuture.failedFuture(e));
    }
    look.complete(null);
  }

  /** Notes what a split hands on. */
  private class Observed implements SourceOutput<InboundRecord> {
    private final SourceOutput<DocumentsRecord> output;

    Observed(SourceOutput<DocumentsRecord> output) {
      this.output = output;
    }

    @Override
    public void collect(InboundRecord record) {
      output.collect(new DocumentsRecord(record, null));
      progress.read(record.partition(), record.offset());
    }

    @Override
    public void collect(InboundRecord record, long timestamp) {
      output.collect(new DocumentsRecord(record, null), timestamp);
      progress.read(record.partition(), record.offset());
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
    private final ReaderOutput<DocumentsRecord> output;

    ObservedReader(ReaderOutput<DocumentsRecord> output) {
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
