package io.realmstream.deploy.client;

import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.json.JsonCodec;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.utils.Utils;

/** Reads what a topic holds now, from a beginning up to the end that it had on opening. */
public final class TopicReplay implements AutoCloseable {
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;
  private final Map<TopicPartition, Long> ends;
  private BooleanSupplier enough = () -> false;

  /** All partitions. */
  public static TopicReplay of(Connection connection, String topic) {
    KafkaConsumer<byte[], byte[]> consumer = connection.consumer();
    return new TopicReplay(consumer, AssignedPartitions.of(consumer, topic));
  }

  /** Only the partition that holds a key, by the producers' default partitioner. */
  public static TopicReplay of(Connection connection, String topic, byte[] key) {
    KafkaConsumer<byte[], byte[]> consumer = connection.consumer();
    List<TopicPartition> all = AssignedPartitions.of(consumer, topic);
    int partition = Utils.toPositive(Utils.murmur2(key)) % all.size();
    return new TopicReplay(consumer, List.of(new TopicPartition(topic, partition)));
  }

  /** Every record of a topic from its very beginning, decoded. */
  public static <T> void forEach(
      Connection connection, String topic, JsonCodec<T> codec, Consumer<T> action) {
    try (TopicReplay replay = of(connection, topic)) {
      replay.forEach(decoded(codec, action));
    }
  }

  /** What is no record of its topic is a dead letter for the jobs, and left out here. */
  public static <T> Consumer<ConsumerRecord<byte[], byte[]>> decoded(
      JsonCodec<T> codec, Consumer<T> action) {
    return record -> {
      try {
        if (record.value() != null) {
          action.accept(codec.decode(record.value()));
        }
      } catch (BadRecordException e) {
        // counted among the dead letters
      }
    };
  }

  private TopicReplay(KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
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
  public void forEach(Consumer<ConsumerRecord<byte[], byte[]>> action) {
    consumer.seekToBeginning(partitions);
    read(action);
  }

  /** Records with a Kafka timestamp of {@code epochMs} or later. */
  public void forEachSince(long epochMs, Consumer<ConsumerRecord<byte[], byte[]>> action) {
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
      Map<TopicPartition, Long> offsets, Consumer<ConsumerRecord<byte[], byte[]>> action) {
    Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
    for (TopicPartition partition : partitions) {
      long beginning = beginnings.getOrDefault(partition, 0L);
      consumer.seek(partition, Math.max(beginning, offsets.getOrDefault(partition, beginning)));
    }
    read(action);
  }

  /** The last {@code count} records of each partition. */
  public void forEachLast(int count, Consumer<ConsumerRecord<byte[], byte[]>> action) {
    Map<TopicPartition, Long> starts = new HashMap<>(ends);
    starts.replaceAll((partition, end) -> end - count);
    forEachFrom(starts, action);
  }

  private void read(Consumer<ConsumerRecord<byte[], byte[]>> action) {
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

  @Override
  public void close() {
    consumer.close();
  }
}
