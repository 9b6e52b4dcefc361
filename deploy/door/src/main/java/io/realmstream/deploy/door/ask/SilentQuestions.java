package io.realmstream.deploy.door.ask;

import io.realmstream.deploy.client.AnswerClient;
import io.realmstream.deploy.client.ClientException;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Says why questions got no answer. Many may time out at once, so it asks the broker once a second
 * at most. Thread-safe.
 */
final class SilentQuestions {
  private static final long AGAIN_NANOS = 1_000_000_000;

  private final Supplier<Map<TopicPartition, Long>> committed;
  private @Nullable Map<TopicPartition, Long> read;
  private @Nullable KafkaException failure;
  private long asked = System.nanoTime() - AGAIN_NANOS;

  /**
   * @param committed asks the broker how far the queries topic has been read
   */
  SilentQuestions(Supplier<Map<TopicPartition, Long>> committed) {
    this.committed = committed;
  }

  /**
   * Why a question got no answer in time.
   *
   * @param place where it is in the topic; null when the broker has not taken it
   */
  synchronized RuntimeException explain(@Nullable RecordMetadata place) {
    if (place == null) {
      return ClientException.unreachable("no broker took the question in time");
    }
    if (System.nanoTime() - asked >= AGAIN_NANOS) {
      ask();
    }
    return read == null
        ? ClientException.unreachable("the broker does not say who reads questions: " + failure)
        : AnswerClient.explainSilence(place, read);
  }

  private void ask() {
    try {
      read = committed.get();
    } catch (KafkaException e) {
      read = null;
      failure = e;
    }
    asked = System.nanoTime();
  }
}
