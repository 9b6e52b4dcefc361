package io.realmstream.deploy.embedded;

import io.realmstream.deploy.cli.evaluate.Samples;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.TopicReplay;
import io.realmstream.deploy.client.TopicTail;
import io.realmstream.jobs.wikipedia.fetch.LocalApi;
import io.realmstream.model.wikipedia.ContentHash;
import io.realmstream.schemas.document.DocumentStatus;
import io.realmstream.schemas.json.Codecs;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;

/**
 * Edits of pages, as the feed brings them, each timed from the moment when Kafka was given its
 * event until it was answerable: it, or a later edit of the page that came with it. All on its
 * caller's thread.
 */
final class FollowedTraffic implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  private final LocalApi api;
  private final Producer<byte[], byte[]> producer;
  private final TopicTail statuses;
  private final Map<String, List<Sent>> open = new HashMap<>();
  private long revisions = 1;
  private Counts counts = new Counts();

  private record Sent(long timeMs) {}

  /** What became of the edits. */
  static final class Counts {
    final Samples answerableMs = new Samples();
    int sent;
    int published;
    long embedded;
  }

  FollowedTraffic(Connection connection, LocalApi api) {
    this.api = api;
    producer = connection.producer();
    statuses = TopicTail.open(connection, connection.topics().documentStatus());
  }

  /** Counts from here on; what is still under way counts, too. */
  Counts restart() {
    counts = new Counts();
    return counts;
  }

  Counts counts() {
    return counts;
  }

  /** The wiki has the page as it is now, and the feed says so. */
  @SuppressWarnings("FutureReturnValueIgnored") // what is lost is waited for in vain
  void send(MadeUpPage page) {
    long revision = revisions++;
    String text = page.wikitext();
    api.text(revision, text);
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    PageEvent event = new PageEvent(page.id(), page.title(), revision, now);
    open.computeIfAbsent(event.key(), none -> new ArrayList<>()).add(new Sent(now.toEpochMilli()));
    counts.sent++;
    producer.send(event.edit(0, ContentHash.of(text)));
  }

  /** Edits that are not answerable yet. */
  int open() {
    return open.values().stream().mapToInt(List::size).sum();
  }

  void poll(Duration atMost) {
    statuses.poll(atMost).forEach(TopicReplay.decoded(Codecs.DOCUMENT_STATUS, this::take));
  }

  /** Waits until all edits are answerable. */
  void awaitAll() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!open.isEmpty()) {
      poll(Duration.ofMillis(50));
      if (System.nanoTime() > end) {
        throw new AssertionError(open() + " edits are not answerable: " + open.keySet());
      }
    }
  }

  /** A document's revision is at least the time of its edit, so a later one has all before. */
  private void take(DocumentStatus status) {
    Instant answerable = status.progress().answerableAt();
    List<Sent> edits = open.get(status.id());
    if (edits == null || answerable == null) {
      return;
    }
    counts.published++;
    counts.embedded += status.counts().embedded();
    for (Iterator<Sent> each = edits.iterator(); each.hasNext(); ) {
      Sent sent = each.next();
      if (sent.timeMs() <= status.revision()) {
        counts.answerableMs.add((double) (answerable.toEpochMilli() - sent.timeMs()));
        each.remove();
      }
    }
    if (edits.isEmpty()) {
      open.remove(status.id());
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
    statuses.close();
  }
}
