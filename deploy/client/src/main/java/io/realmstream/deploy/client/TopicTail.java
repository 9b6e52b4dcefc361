package io.realmstream.deploy.client;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Reads what is written to a topic from now on: the way to see the reply to what one sends. */
public final class TopicTail implements AutoCloseable {
  private final KafkaConsumer<byte[], byte[]> consumer;

  private TopicTail(KafkaConsumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  /** Stands at the end of every partition when it returns. */
  public static TopicTail open(Connection connection, String topic) {
    KafkaConsumer<byte[], byte[]> consumer = connection.consumer();
    List<TopicPartition> partitions = TopicReplay.partitions(consumer, topic);
    consumer.assign(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    // not seekToEnd, which waits for the first poll: a reply may be there before it
    ends.forEach(consumer::seek);
    return new TopicTail(consumer);
  }

  public ConsumerRecords<byte[], byte[]> poll(Duration atMost) {
    return consumer.poll(atMost);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
