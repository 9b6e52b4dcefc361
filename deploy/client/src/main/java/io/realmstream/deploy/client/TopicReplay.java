package io.realmstream.deploy.client;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.utils.Utils;

/** Reads what a topic holds now, from a beginning up to the end that it had on opening. */
public final class TopicReplay implements AutoCloseable {
  private final Consumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;
  private final Map<TopicPartition, Long> ends;
  private BooleanSupplier enough = () -> false;

  /** All partitions. */
  public static TopicReplay of(Connection connection, String topic) {
    Consumer<byte[], byte[]> consumer = connection.consumer();
    return new TopicReplay(consumer, partitions(consumer, topic));
  }

  /** Only the partition that holds a key, by the producers' default partitioner. */
  public static TopicReplay of(Connection connection, String topic, byte[] key) {
    Consumer<byte[], byte[]> consumer = connection.consumer();
    List<TopicPartition> all = partitions(consumer, topic);
    int partition = Utils.toPositive(Utils.murmur2(key)) % all.size();
    return new TopicReplay(consumer, List.of(new TopicPartition(topic, partition)));
  }

  private TopicReplay(Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
    this.consumer = consumer;
    this.partitions = partitions;
    consumer.assign(partitions);
    this.ends = consumer.endOffsets(partitions);
  }

  /** Reads no further, soon after this holds. */
  public TopicReplay until(BooleanSupplier enough) {
    this.enough = enough;
    return this;
  }

  /** From the very beginning. */
  public void forEach(java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> action) {
    consumer.seekToBeginning(partitions);
    read(action);
  }

  /** Records with a Kafka timestamp of {@code epochMs} or later. */
  public void forEachSince(
      long epochMs, java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> action) {
    Map<TopicPartition, Long> times = new HashMap<>(ends);
    times.replaceAll((partition, end) -> epochMs);
    Map<TopicPartition, OffsetAndTimestamp> starts = consumer.offsetsForTimes(times);
    for (TopicPartition partition : partitions) {
      OffsetAndTimestamp start = starts.get(partition);
      consumer.seek(partition, start == null ? end(partition) : start.offset());
    }
    read(action);
  }

  /** From these offsets on; a partition without one from its beginning. */
  public void forEachFrom(
      Map<TopicPartition, Long> offsets,
      java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> action) {
    Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
    for (TopicPartition partition : partitions) {
      long beginning = beginnings.getOrDefault(partition, 0L);
      consumer.seek(partition, Math.max(beginning, offsets.getOrDefault(partition, beginning)));
    }
    read(action);
  }

  /** The last {@code count} records of each partition. */
  public void forEachLast(
      int count, java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> action) {
    Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
    for (TopicPartition partition : partitions) {
      long beginning = beginnings.getOrDefault(partition, 0L);
      consumer.seek(partition, Math.max(beginning, end(partition) - count));
    }
    read(action);
  }

  private void read(java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> action) {
    long lastProgress = System.nanoTime();
    while (!finished() && !enough.getAsBoolean()) {
      ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofMillis(200));
      for (ConsumerRecord<byte[], byte[]> record : records) {
        if (record.offset() < end(new TopicPartition(record.topic(), record.partition()))) {
          action.accept(record);
        }
      }
      if (!records.isEmpty()) {
        lastProgress = System.nanoTime();
      } else if (System.nanoTime() - lastProgress > Connection.PATIENCE.toNanos()) {
        throw new TimeoutException("nothing more of " + partitions);
      }
    }
  }

  /** By positions, not by records seen: the last offsets may be markers of transactions. */
  private boolean finished() {
    return partitions.stream().allMatch(p -> consumer.position(p) >= end(p));
  }

  private long end(TopicPartition partition) {
    return ends.getOrDefault(partition, 0L);
  }

  private static List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer, String topic) {
    return consumer.partitionsFor(topic).stream()
        .map(info -> new TopicPartition(topic, info.partition()))
        .toList();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
