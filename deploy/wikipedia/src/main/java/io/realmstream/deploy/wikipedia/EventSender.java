package io.realmstream.deploy.wikipedia;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.realmstream.deploy.client.ClientException;
import io.realmstream.deploy.client.Connection;
import io.realmstream.model.wikipedia.PlausibleTimes;
import io.realmstream.schemas.Topics;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.wikipedia.PageOutcome;
import io.realmstream.schemas.wikipedia.WikipediaGap;
import io.realmstream.schemas.wikipedia.WikipediaObserved;
import io.realmstream.schemas.wikipedia.WikipediaOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Writes to the topics of Wikipedia events and outcomes. */
public final class EventSender implements AutoCloseable {
  private final Topics topics;
  private final Producer<byte[], byte[]> producer;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  /** Opens a producer. */
  public EventSender(Connection connection) {
    this.topics = connection.topics();
    this.producer = connection.producer();
  }

  /**
   * Sends an event without waiting for the broker.
   *
   * @param key {@code wiki:page id}; null = the event does not say of which page it is
   */
  public void send(@Nullable String key, byte[] event) {
    send(topics.wikipediaEvents(), key, event);
  }

  /**
   * A statement as JSON, checked as its readers do. They make a dead letter of one that is wrong,
   * and no outcome: whoever sent it would wait in vain.
   *
   * @throws BadRecordException if the follower would not take it
   */
  public static byte[] encoded(WikipediaObserved observed) throws BadRecordException {
    byte[] value;
    try {
      value = Codecs.WIKIPEDIA_OBSERVED.encode(observed);
    } catch (IllegalArgumentException e) {
      throw new BadRecordException(String.valueOf(e.getMessage()));
    }
    Codecs.WIKIPEDIA_OBSERVED.decode(value);
    Instant revisionTime = observed.revision().revisionTime();
    if (!PlausibleTimes.has(observed.observedAt())
        || (revisionTime != null && !PlausibleTimes.has(revisionTime))) {
      throw new BadRecordException("its time is not from 1990 to 2099");
    }
    return value;
  }

  /**
   * Sends a gap of the feed twice: to the follower, which counts it, and as an outcome, which no
   * job can know.
   */
  public void send(WikipediaGap gap) {
    WikipediaOutcome outcome =
        new WikipediaOutcome(
            gap.wiki(), null, null, PageOutcome.GAP, null, gap.from(), gap.to(), gap.to());
    send(topics.wikipediaEvents(), gap.wiki(), Codecs.WIKIPEDIA_GAP.encode(gap));
    send(topics.wikipediaOutcomes(), gap.wiki(), Codecs.WIKIPEDIA_OUTCOME.encode(outcome));
  }

  /**
   * Waits until the broker has all that was sent.
   *
   * @throws ClientException UNREACHABLE if it did not take something
   */
  public void flush() {
    producer.flush();
    check();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of the end
  private void send(String topic, @Nullable String key, byte[] value) {
    check();
    producer.send(
        new ProducerRecord<>(topic, key == null ? null : key.getBytes(UTF_8), value),
        (metadata, exception) -> {
          if (exception != null) {
            failure.compareAndSet(null, exception);
          }
        });
  }

  private void check() {
    Exception failed = failure.get();
    if (failed != null) {
      throw ClientException.unreachable("sending failed: " + failed.getMessage());
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }
}
