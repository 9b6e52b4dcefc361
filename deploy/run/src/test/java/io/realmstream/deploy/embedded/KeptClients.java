package io.realmstream.deploy.embedded;

import io.realmstream.deploy.client.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Kafka clients that all tests of a class share. To open a client is work for the machine, and a
 * test that waits looks at its topics many times.
 */
public final class KeptClients implements AfterAllCallback {
  private static final Duration TURN = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final Map<Map<String, Object>, KafkaProducer<byte[], byte[]>> PRODUCERS =
      new HashMap<>();
  private static final Map<Map<String, Object>, KafkaConsumer<byte[], byte[]>> CONSUMERS =
      new HashMap<>();

  /** Sends a record and waits until the broker has it; returns its place. */
  public static RecordMetadata send(
      Connection connection, ProducerRecord<byte[], byte @Nullable []> record) {
    try {
      return producer(connection).send(record).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static synchronized KafkaProducer<byte[], byte[]> producer(Connection connection) {
    return PRODUCERS.computeIfAbsent(connection.settings(), unused -> connection.producer());
  }

  /** Every record that a topic has now; per partition in order. */
  public static synchronized List<ConsumerRecord<byte[], byte[]>> records(
      Connection connection, String topic) {
    KafkaConsumer<byte[], byte[]> consumer =
        CONSUMERS.computeIfAbsent(connection.settings(), unused -> connection.consumer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return recordsUntil(consumer.endOffsets(partitions), consumer);
  }

  /** By positions, not by records seen: the last offsets may be markers of transactions. */
  private static List<ConsumerRecord<byte[], byte[]>> recordsUntil(
      Map<TopicPartition, Long> ends, KafkaConsumer<byte[], byte[]> consumer) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    long late = System.nanoTime() + PATIENCE.toNanos();
    while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
      if (System.nanoTime() > late) {
        throw new AssertionError("records up to " + ends + " did not come within " + PATIENCE);
      }
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(TURN)) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        if (record.offset() < ends.getOrDefault(partition, 0L)) {
          records.add(record);
        }
      }
    }
    return records;
  }

  @Override
  public void afterAll(ExtensionContext context) {
    closeAll();
  }

  private static synchronized void closeAll() {
    PRODUCERS.values().forEach(producer -> producer.close(Duration.ZERO));
    PRODUCERS.clear();
    CONSUMERS.values().forEach(each -> each.close(CloseOptions.timeout(Duration.ZERO)));
    CONSUMERS.clear();
  }
}
