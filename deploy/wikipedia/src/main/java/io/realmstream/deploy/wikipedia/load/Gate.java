package io.realmstream.deploy.wikipedia.load;

import io.realmstream.deploy.client.ClientException;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.TopicReplay;
import io.realmstream.deploy.client.TopicTail;
import io.realmstream.schemas.json.Codecs;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Lets pages through while little text is on its way to being answerable. So a fresh edit waits for
 * a few pages of a dump, and never for all of it. The gate reads outcomes and statuses.
 */
public final class Gate implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(50);

  private final Unsettled unsettled = new Unsettled();
  private final TopicTail outcomes;
  private final TopicTail statuses;
  private final GateRule rule;
  private final Consumer<ConsumerRecord<byte[], byte[]>> takeOutcome =
      TopicReplay.decoded(Codecs.WIKIPEDIA_OUTCOME, unsettled::outcome);
  private final Consumer<ConsumerRecord<byte[], byte[]>> takeStatus =
      TopicReplay.decoded(Codecs.DOCUMENT_STATUS, unsettled::status);

  private Gate(TopicTail outcomes, TopicTail statuses, GateRule rule) {
    this.outcomes = outcomes;
    this.statuses = statuses;
    this.rule = rule;
  }

  /** Opens a gate that ignores outcomes and statuses from before. */
  public static Gate open(Connection connection, GateRule rule) {
    TopicTail outcomes = TopicTail.open(connection, connection.topics().wikipediaOutcomes());
    try {
      return new Gate(
          outcomes, TopicTail.open(connection, connection.topics().documentStatus()), rule);
    } catch (RuntimeException e) {
      outcomes.close();
      throw e;
    }
  }

  /**
   * Waits until a page may be sent, and counts it. A page of any size may be sent alone.
   *
   * @param id of its document
   * @param goOn asked again and again; false gives up
   * @return whether it may be sent
   * @throws ClientException TIMED_OUT when nothing happens for too long
   */
  public boolean pass(String id, long textBytes, BooleanSupplier goOn) {
    if (await(Math.max(0, rule.textBytesMax() - textBytes), goOn)) {
      unsettled.sent(id, textBytes);
      return true;
    }
    return false;
  }

  /** Waits until all pages are done. */
  public void settle(BooleanSupplier goOn) {
    await(0, goOn);
  }

  private boolean await(long bytesMax, BooleanSupplier goOn) {
    long progressNanos = System.nanoTime();
    while (unsettled.bytes() > bytesMax) {
      int before = unsettled.count();
      outcomes.poll(Duration.ZERO).forEach(takeOutcome);
      statuses.poll(POLL).forEach(takeStatus);
      if (unsettled.count() < before) {
        progressNanos = System.nanoTime();
      }
      if (System.nanoTime() - progressNanos > rule.patience().toNanos()) {
        throw new ClientException(
            ClientException.Kind.TIMED_OUT,
            ("nothing became of %,d pages in %d s: do the follower and the updater run,"
                    + " and does the follower follow %s?")
                .formatted(unsettled.count(), rule.patience().toSeconds(), rule.wiki()));
      }
      if (!goOn.getAsBoolean()) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    outcomes.close();
    statuses.close();
  }
}
