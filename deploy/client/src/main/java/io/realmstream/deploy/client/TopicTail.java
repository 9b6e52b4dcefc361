package io.realmstream.deploy.client;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads what is written to a topic from now on, also to partitions that are added. So a client sees
 * the reply to what it sends.
 */
public final class TopicTail implements AutoCloseable {
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final AssignedPartitions partitions;

  private TopicTail(KafkaConsumer<byte[], byte[]> consumer, String topic) {
    this.consumer = consumer;
    this.partitions = new AssignedPartitions(consumer, List.of(topic));
    // seekToEnd would wait for the first poll, and a reply may come before that
    consumer.endOffsets(partitions.all()).forEach(consumer::seek);
  }

  /** Stands at the end of every partition when it returns. */
  public static TopicTail open(Connection connection, String topic) {
    KafkaConsumer<byte[], byte[]> consumer = connection.consumer();
    try {
      return new TopicTail(consumer, topic);
    } catch (RuntimeException e) {
      consumer.close();
      throw e;
    }
  }

  public ConsumerRecords<byte[], byte[]> poll(Duration atMost) {
    List<TopicPartition> added = partitions.added();
    if (!added.isEmpty()) {
      // all their records were written after this began
      consumer.seekToBeginning(added);
    }
    return consumer.poll(atMost);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
