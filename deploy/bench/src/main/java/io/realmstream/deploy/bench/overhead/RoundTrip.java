package io.realmstream.deploy.bench.overhead;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.TopicTail;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Sends records to one topic and waits for what comes back on another under the same keys. */
final class RoundTrip implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final KafkaProducer<byte[], byte[]> producer;
  private final TopicTail replies;
  private final String topic;

  RoundTrip(Connection connection, String topic, String replyTopic) {
    this.topic = topic;
    this.producer = connection.producer();
    this.replies = TopicTail.open(connection, replyTopic);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // a record that is lost gets no reply
  void send(String key, byte[] value) {
    producer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value));
  }

  /** The first reply to each of so many keys. */
  Map<String, byte[]> await(int keys) {
    Map<String, byte[]> received = new HashMap<>();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (received.size() < keys) {
      for (ConsumerRecord<byte[], byte[]> record : replies.poll(Duration.ofMillis(100))) {
        received.putIfAbsent(new String(record.key(), StandardCharsets.UTF_8), record.value());
      }
      if (System.nanoTime() > end) {
        throw CommandFailure.timedOut(
            "%d of %d replies came on %s".formatted(received.size(), keys, topic));
      }
    }
    return received;
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
    replies.close();
  }
}
