package io.realmstream.jobs.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Where a topic ends now for a reader: behind its last record that is committed. The partition's
 * end is no measure, since records of aborted transactions and the marks of all have offsets, too,
 * and no reader is ever handed one.
 */
final class LogEnds {
  private static final Duration POLL = Duration.ofSeconds(1);

  /** How many offsets before the end are looked through first; then twice as many, and so on. */
  private static final long FIRST_SPAN = 16;

  private final KafkaConsumer<byte[], byte[]> consumer;

  private LogEnds(KafkaConsumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  /**
   * Looks; blocks for as long as the consumer's settings say.
   *
   * @return of each partition the offset behind its last record; 0 = it has none
   */
  static Map<Integer, Long> of(String topic, Properties kafka) {
    Properties properties = new Properties();
    properties.putAll(kafka);
    properties.put("auto.offset.reset", "earliest");
    properties.put("enable.auto.commit", "false");
    properties.put("isolation.level", "read_committed");
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(properties, bytes, bytes)) {
      return new LogEnds(consumer).of(topic);
    }
  }

  private Map<Integer, Long> of(String topic) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(found -> new TopicPartition(topic, found.partition()))
            .toList();
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    Map<Integer, Long> behindLast = new HashMap<>();
    for (TopicPartition partition : partitions) {
      long begin = begins.getOrDefault(partition, 0L);
      long end = ends.getOrDefault(partition, 0L);
      behindLast.put(partition.partition(), behindLast(partition, begin, end));
    }
    return behindLast;
  }

  private long behindLast(TopicPartition partition, long begin, long end) {
    consumer.assign(List.of(partition));
    long upTo = end;
    for (long span = FIRST_SPAN; upTo > begin; span *= 2) {
      long from = Math.max(begin, upTo - span);
      long found = behindLastBetween(partition, from, upTo);
      if (found > 0) {
        return found;
      }
      upTo = from;
    }
    return 0;
  }

  private long behindLastBetween(TopicPartition partition, long from, long upTo) {
    consumer.seek(partition, from);
    long found = 0;
    while (consumer.position(partition) < upTo) {
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      for (ConsumerRecord<byte[], byte[]> record : records) {
        if (record.offset() < upTo) {
          found = record.offset() + 1;
        }
      }
    }
    return found;
  }
}
