package io.realmstream.deploy.cli.deadletters;

import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.deadletters.DeadLetter;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Sends refused records to where they came from. A record that several operators refused is sent
 * once.
 */
final class Replay implements AutoCloseable {
  private final Producer<byte[], byte[]> producer;
  private final Set<String> sent = new HashSet<>();

  Replay(Connection connection) {
    producer = connection.producer();
  }

  /**
   * Returns when the broker has the record.
   *
   * @return why it was not sent; null when it was
   */
  @Nullable String send(DeadLetter letter) {
    String hindrance = letter.hindrance();
    if (hindrance != null) {
      return hindrance;
    }
    if (!sent.add(letter.place())) {
      return null;
    }
    try {
      producer.send(letter.original()).get();
      return null;
    } catch (ExecutionException e) {
      return "the broker refuses it: " + e.getCause();
    } catch (KafkaException e) {
      return "it cannot be sent: " + e.getMessage();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }

  /** How many records were sent. */
  int count() {
    return sent.size();
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }
}
