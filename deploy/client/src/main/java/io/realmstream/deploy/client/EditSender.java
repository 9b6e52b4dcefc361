package io.realmstream.deploy.client;

import io.realmstream.schemas.document.DocumentEdit;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Sends edits and knows which of them the broker has for certain.
 *
 * @param <P> where an edit comes from, in the terms of the caller
 */
public final class EditSender<P> implements AutoCloseable {
  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final @Nullable Outstanding outstanding;

  /** Sent and not acknowledged, by order of sending; what failed stays. */
  private final TreeMap<Long, P> unacknowledged = new TreeMap<>();

  private long sequence;
  private long acknowledged;
  private @Nullable Exception failure;
  private @Nullable RecordMetadata last;

  /**
   * @param outstanding told of each edit; null when nobody waits for their ends
   */
  public EditSender(Connection connection, @Nullable Outstanding outstanding) {
    this.producer = connection.producer();
    this.topic = connection.topics().documents();
    this.outstanding = outstanding;
  }

  /**
   * Sends without waiting for the broker, unless the producer's buffer is full.
   *
   * @param value the edit, encoded
   */
  @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of the end
  public void send(P position, DocumentEdit edit, byte[] value) {
    Outstanding.@Nullable Edit tracked =
        outstanding == null ? null : outstanding.sending(edit.id(), edit.revision());
    long number = register(position);
    byte[] key = edit.id().getBytes(StandardCharsets.UTF_8);
    producer.send(
        new ProducerRecord<>(topic, key, value),
        (metadata, exception) -> {
          if (exception == null) {
            acknowledge(number, tracked, metadata);
          } else {
            refuse(tracked, exception);
          }
        });
  }

  /** Waits until every edit is acknowledged or given up. */
  public void flush() {
    producer.flush();
  }

  public synchronized long acknowledged() {
    return acknowledged;
  }

  /** Where the broker put the edit that it acknowledged last; null before the first. */
  public synchronized @Nullable RecordMetadata last() {
    return last;
  }

  /** Why an edit could not be sent; null while all goes well. */
  public synchronized @Nullable Exception failure() {
    return failure;
  }

  /** The first that the broker may not have; null when it has all of them. */
  public synchronized @Nullable P firstUnacknowledged() {
    return unacknowledged.isEmpty() ? null : unacknowledged.firstEntry().getValue();
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }

  private synchronized long register(P position) {
    unacknowledged.put(sequence, position);
    return sequence++;
  }

  private void acknowledge(
      long number, Outstanding.@Nullable Edit tracked, RecordMetadata metadata) {
    synchronized (this) {
      last = metadata;
      unacknowledged.remove(number);
      acknowledged++;
    }
    if (outstanding != null && tracked != null) {
      outstanding.acknowledged(tracked, metadata.timestamp());
    }
  }

  private void refuse(Outstanding.@Nullable Edit tracked, Exception exception) {
    synchronized (this) {
      failure = exception;
    }
    if (outstanding != null && tracked != null) {
      outstanding.refused(tracked);
    }
  }
}
