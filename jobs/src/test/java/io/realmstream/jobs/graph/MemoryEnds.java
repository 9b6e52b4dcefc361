package io.realmstream.jobs.graph;

import io.realmstream.jobs.InboundRecord;
import io.realmstream.jobs.OutboundRecord;
import io.realmstream.schemas.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.util.function.SerializableSupplier;
import org.jspecify.annotations.Nullable;

/** Ends of a graph that runs without a broker; every topic is read from its beginning. */
public final class MemoryEnds implements Ends {
  private final String name;
  private final Set<String> read = new TreeSet<>();
  private final Set<String> written = new TreeSet<>();

  public MemoryEnds(Topics topics) {
    name = MemoryTopics.create(topics.ordered());
  }

  /** Adds a record to a topic. */
  public void send(String topic, byte[] key, byte @Nullable [] value) {
    MemoryTopics.of(name)
        .append(topic, new OutboundRecord(OutboundRecord.BY_KEY, key, value, List.of()));
  }

  /** What a topic has by now. */
  public List<InboundRecord> records(String topic) {
    return MemoryTopics.of(name).all(topic);
  }

  /** The topics that graphs between these ends read. */
  public Set<String> read() {
    return read;
  }

  /** The topics that they write to. */
  public Set<String> written() {
    return written;
  }

  @Override
  public Source<InboundRecord, ?, ?> source(String topic, String reader, OffsetsInitializer start) {
    read.add(topic);
    return MemorySource.of(name, topic);
  }

  @Override
  public Source<InboundRecord, ?, ?> sourceCountingLoss(String topic, String reader) {
    read.add(topic);
    return MemorySource.of(name, topic);
  }

  @Override
  public Source<InboundRecord, ?, ?> sourceToEnd(String topic, String reader) {
    read.add(topic);
    return MemorySource.toEnd(name, topic);
  }

  @Override
  public Source<InboundRecord, ?, ?> sourceAgain(
      String topic, String reader, OffsetsInitializer start) {
    read.add(topic);
    return MemorySource.of(name, topic);
  }

  @Override
  public Source<DocumentsRecord, ?, ?> documents(String topic, String reader) {
    read.add(topic);
    return MemorySource.ofDocuments(name, topic);
  }

  @Override
  public Sink<OutboundRecord> sink(String topic, DeliveryGuarantee delivery) {
    written.add(topic);
    return new Writing(name, topic);
  }

  @Override
  public SerializableSupplier<Map<Integer, Long>> logEnds(String topic) {
    String topics = name;
    return () -> {
      Map<Integer, Long> ends = new HashMap<>();
      ends.put(0, 0L);
      for (InboundRecord record : MemoryTopics.of(topics).all(topic)) {
        ends.merge(record.partition(), record.offset() + 1, Math::max);
      }
      return ends;
    };
  }

  @Override
  public int partitions(String topic) {
    return MemoryTopics.of(name).partitions(topic);
  }

  @Override
  public void requireOrder() {}

  private record Writing(String topics, String topic) implements Sink<OutboundRecord> {
    @Override
    public SinkWriter<OutboundRecord> createWriter(WriterInitContext context) {
      return new Writer(topics, topic);
    }
  }

  private record Writer(String topics, String topic) implements SinkWriter<OutboundRecord> {
    @Override
    public void write(OutboundRecord record, Context context) {
      MemoryTopics.of(topics).append(topic, record);
    }

    @Override
    public void flush(boolean endOfInput) {}

    @Override
    public void close() {}
  }
}
