package io.realmstream.jobs.graph;

import io.realmstream.jobs.InboundRecord;
import io.realmstream.model.freshness.PartitionRead;
import io.realmstream.model.freshness.ReadThrough;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.util.function.SerializableFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads a topic in memory from its beginning.
 *
 * @param <T> what it hands on
 */
final class MemorySource<T>
    implements Source<T, MemorySource.Split, Integer>, ResultTypeQueryable<T> {
  private static final long serialVersionUID = 1L;
  private static final int PAUSE_MS = 5;
  private static final int LOOK_MS = 100;

  private final String topics;
  private final String topic;
  private final Boundedness boundedness;
  private final Form<T> form;

  /**
   * What becomes of what is read.
   *
   * @param progress null = how far it is read is not handed on
   */
  private record Form<T>(
      Class<T> type,
      SerializableFunction<InboundRecord, T> record,
      @Nullable SerializableFunction<ReadThrough, T> progress)
      implements Serializable {}

  private MemorySource(String topics, String topic, Boundedness boundedness, Form<T> form) {
    this.topics = topics;
    this.topic = topic;
    this.boundedness = boundedness;
    this.form = form;
  }

  static MemorySource<InboundRecord> of(String topics, String topic) {
    return new MemorySource<>(topics, topic, Boundedness.CONTINUOUS_UNBOUNDED, plain());
  }

  static MemorySource<InboundRecord> toEnd(String topics, String topic) {
    return new MemorySource<>(topics, topic, Boundedness.BOUNDED, plain());
  }

  private static Form<InboundRecord> plain() {
    return new Form<>(InboundRecord.class, read -> read, null);
  }

  static MemorySource<DocumentsRecord> ofDocuments(String topics, String topic) {
    Form<DocumentsRecord> form =
        new Form<>(
            DocumentsRecord.class,
            read -> new DocumentsRecord(read, null),
            through -> new DocumentsRecord(null, through));
    return new MemorySource<>(topics, topic, Boundedness.CONTINUOUS_UNBOUNDED, form);
  }

  /** How far a partition is read. */
  record Split(int partition, long next) implements SourceSplit {
    @Override
    public String splitId() {
      return Integer.toString(partition);
    }
  }

  @Override
  public Boundedness getBoundedness() {
    return boundedness;
  }

  @Override
  public TypeInformation<T> getProducedType() {
    return TypeInformation.of(form.type());
  }

  @Override
  public SourceReader<T, Split> createReader(SourceReaderContext context) {
    return new Reader();
  }

  @Override
  public SplitEnumerator<Split, Integer> createEnumerator(SplitEnumeratorContext<Split> context) {
    return new Enumerator(context, MemoryTopics.of(topics).partitions(topic));
  }

  @Override
  public SplitEnumerator<Split, Integer> restoreEnumerator(
      SplitEnumeratorContext<Split> context, Integer state) {
    return createEnumerator(context);
  }

  @Override
  public SimpleVersionedSerializer<Split> getSplitSerializer() {
    return new Serializer<>(
        split -> ByteBuffer.allocate(12).putInt(split.partition()).putLong(split.next()),
        bytes -> new Split(bytes.getInt(), bytes.getLong()));
  }

  @Override
  public SimpleVersionedSerializer<Integer> getEnumeratorCheckpointSerializer() {
    return new Serializer<>(
        number -> ByteBuffer.allocate(4).putInt(number), bytes -> bytes.getInt());
  }

  private record Serializer<V>(
      SerializableFunction<V, ByteBuffer> writing, SerializableFunction<ByteBuffer, V> reading)
      implements SimpleVersionedSerializer<V> {
    @Override
    public int getVersion() {
      return 1;
    }

    @Override
    public byte[] serialize(V value) {
      return writing.apply(value).array();
    }

    @Override
    public V deserialize(int version, byte[] bytes) {
      return reading.apply(ByteBuffer.wrap(bytes));
    }
  }

  /** Each partition has its reader; a reader that is restored has it already. */
  private record Enumerator(SplitEnumeratorContext<Split> context, int partitions)
      implements SplitEnumerator<Split, Integer> {
    @Override
    public void start() {}

    @Override
    public void handleSplitRequest(int subtask, @Nullable String host) {}

    @Override
    public void addSplitsBack(List<Split> splits, int subtask) {
      splits.forEach(split -> context.assignSplit(split, subtask));
    }

    @Override
    public void addReader(int subtask) {
      for (int partition = 0; partition < partitions; partition++) {
        if (partition % context.currentParallelism() == subtask) {
          context.assignSplit(new Split(partition, 0), subtask);
        }
      }
      context.signalNoMoreSplits(subtask);
    }

    @Override
    public Integer snapshotState(long checkpoint) {
      return 0;
    }

    @Override
    public void close() {}
  }

  private final class Reader implements SourceReader<T, Split> {
    private final List<Split> splits = new ArrayList<>();
    private boolean all;
    private long lookedMs;

    @Override
    public void start() {}

    @Override
    public InputStatus pollNext(ReaderOutput<T> output) {
      long nowMs = System.currentTimeMillis();
      for (int i = 0; i < splits.size(); i++) {
        Split split = splits.get(i);
        InboundRecord next = MemoryTopics.of(topics).at(topic, split.partition(), split.next());
        if (next != null) {
          output.collect(form.record().apply(next), next.timestamp());
          splits.set(i, new Split(split.partition(), split.next() + 1));
          return InputStatus.MORE_AVAILABLE;
        }
      }
      if (all && boundedness == Boundedness.BOUNDED) {
        return InputStatus.END_OF_INPUT;
      }
      var progress = form.progress();
      if (progress != null && nowMs >= lookedMs + LOOK_MS) {
        lookedMs = nowMs;
        List<PartitionRead> read =
            splits.stream()
                .map(split -> new PartitionRead(split.partition(), split.next(), nowMs - 1))
                .toList();
        int partitions = MemoryTopics.of(topics).partitions(topic);
        output.collect(progress.apply(new ReadThrough(partitions, read)));
      }
      return InputStatus.NOTHING_AVAILABLE;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
      return CompletableFuture.runAsync(
          () -> {}, CompletableFuture.delayedExecutor(PAUSE_MS, TimeUnit.MILLISECONDS));
    }

    @Override
    public List<Split> snapshotState(long checkpoint) {
      return List.copyOf(splits);
    }

    @Override
    public void addSplits(List<Split> more) {
      splits.addAll(more);
    }

    @Override
    public void notifyNoMoreSplits() {
      all = true;
    }

    @Override
    public void close() {}
  }
}
