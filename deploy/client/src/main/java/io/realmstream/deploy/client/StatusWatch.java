package io.realmstream.deploy.client;

import io.realmstream.schemas.document.DocumentStatus;
import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.json.Codecs;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Follows the document-status topic for the edits that this process sends after opening it. */
public final class StatusWatch implements AutoCloseable {
  private final TopicTail tail;
  private final Outstanding outstanding;
  private volatile long lastProgressNanos = System.nanoTime();

  private StatusWatch(TopicTail tail, BiConsumer<Outcome, DocumentStatus> ended) {
    this.tail = tail;
    this.outstanding =
        new Outstanding(
            (outcome, status) -> {
              lastProgressNanos = System.nanoTime();
              ended.accept(outcome, status);
            });
  }

  /** Stands behind every status of the past when it returns. */
  public static StatusWatch open(Connection connection, BiConsumer<Outcome, DocumentStatus> ended) {
    return new StatusWatch(TopicTail.open(connection, connection.topics().documentStatus()), ended);
  }

  public Outstanding outstanding() {
    return outstanding;
  }

  public void poll(Duration atMost) {
    for (ConsumerRecord<byte[], byte[]> record : tail.poll(atMost)) {
      if (record.value() != null) {
        take(record.value());
      }
    }
  }

  /** Since an edit ended, or since the start. */
  public Duration quiet() {
    return Duration.ofNanos(System.nanoTime() - lastProgressNanos);
  }

  /**
   * Polls until the ends of at most {@code most} edits are unknown.
   *
   * @param goOn asked after every poll; false gives up
   */
  public void await(int most, BooleanSupplier goOn) {
    while (outstanding.count() > most) {
      poll(Duration.ofMillis(200));
      if (!goOn.getAsBoolean()) {
        return;
      }
    }
  }

  @Override
  public void close() {
    tail.close();
  }

  private void take(byte[] value) {
    try {
      outstanding.status(Codecs.DOCUMENT_STATUS.decode(value));
    } catch (BadRecordException e) {
      // not written by an updater of this version: it cannot be the status that is waited for
    }
  }
}
