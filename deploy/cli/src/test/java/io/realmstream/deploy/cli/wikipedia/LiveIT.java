package io.realmstream.deploy.cli.wikipedia;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.realmstream.deploy.cli.CommandRun;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.TestBroker;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.wikipedia.feed.EventServer;
import io.realmstream.deploy.wikipedia.feed.EventServer.Kind;
import io.realmstream.deploy.wikipedia.feed.FeedLog;
import io.realmstream.deploy.wikipedia.feed.Gap;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.wikipedia.PageOutcome;
import io.realmstream.schemas.wikipedia.WikipediaGap;
import io.realmstream.schemas.wikipedia.WikipediaOutcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A hundred thousand events over two hundred connections: {@code -Drealm.live.offsets=50000}. */
@Timeout(1_800)
class LiveIT {
  private static final int OFFSETS = Integer.getInteger("realm.live.offsets", 3_000);
  private static final int EVENTS_EACH = 600;
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Path directory;

  LiveIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void everyEventIsPublishedOnceOrInAGapThoughTheServerFailsAndTheProcessIsKilled()
      throws Exception {
    List<Kind> plan = plan();
    try (TestBroker broker = TestBroker.start(directory.resolve("broker"));
        EventServer server = new EventServer(new FeedLog(OFFSETS, true), plan, EVENTS_EACH)) {
      Connection connection = broker.topics("realm");
      for (int kill = 1; kill <= 3; kill++) {
        int connections = 3 * kill;
        try (CommandProcess live = live(broker, server)) {
          await()
              .atMost(PATIENCE)
              .until(() -> !live.process().isAlive() || server.connections() >= connections);
        }
      }
      try (CommandProcess live = live(broker, server)) {
        String last = "enwiki:" + FeedLog.pageId(1, OFFSETS - 1);
        await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofSeconds(1))
            .until(() -> keys(connection).contains(last));
        assertThat(live.printed()).contains("GAP 2026-04-01T");
      }
      assertAllIsThere(server, connection);
      assertEachIsPublishedOnce(broker, connection);
      assertThat(broker.run("realm", "status", "--dir", directory.toString()).out())
          .contains("the feed of enwiki does not tell what happened from 2026-04-01T");
      assertThat(server.agents()).containsOnly("realmstream (someone@example.org)");
    }
  }

  private static List<Kind> plan() {
    List<Kind> plan =
        new ArrayList<>(
            List.of(
                Kind.CUT,
                Kind.CUT_IN_AN_EVENT,
                Kind.HTML,
                Kind.CUT,
                Kind.GARBAGE,
                Kind.FORGETS,
                Kind.CUT,
                Kind.ID_REFUSED,
                Kind.CUT,
                Kind.UNAVAILABLE,
                Kind.CUT,
                Kind.FORGETS));
    plan.addAll(Collections.nCopies(Math.max(0, 2 * OFFSETS / 500 - plan.size()), Kind.CUT));
    return plan;
  }

  /** Each event is the only one of its page; the feed repeats some, and so did the kills. */
  private void assertEachIsPublishedOnce(TestBroker broker, Connection connection)
      throws Exception {
    Set<String> pages = keys(connection);
    pages.removeIf(key -> !key.startsWith("enwiki:"));
    int records = TestBroker.read(connection, connection.topics().wikipediaEvents()).size();
    try (FollowerAlone follower =
        FollowerAlone.start(directory.resolve("follower"), broker, connection)) {
      follower.awaitRead();
      Map<String, Integer> published = follower.published();
      System.out.printf(
          "%,d events of the feed, %,d records, %,d pages, %,d published%n",
          2 * OFFSETS, records, pages.size(), published.size());
      assertThat(published.keySet()).isEqualTo(pages);
      assertThat(published.values()).containsOnly(1);
    }
  }

  private static void assertAllIsThere(EventServer server, Connection connection) throws Exception {
    Set<String> keys = keys(connection);
    List<Gap> gaps = gaps(connection);
    assertThat(gaps).isNotEmpty().isEqualTo(gapsForTheFollower(connection));
    for (int offset = 0; offset < OFFSETS; offset++) {
      for (int topic = 0; topic < 2; topic++) {
        if (!keys.contains("enwiki:" + FeedLog.pageId(topic, offset))) {
          assertThat(gaps).anyMatch(covers(offset));
        }
      }
    }
    assertThat(server.forgotten()).hasSize(2);
    // what cannot be read becomes a dead letter, and canaries go no further
    assertThat(keys).contains("null").noneMatch(key -> key.startsWith("examplewiki"));
  }

  private static Predicate<Gap> covers(int offset) {
    return gap ->
        !FeedLog.time(offset).isBefore(gap.from()) && !FeedLog.time(offset).isAfter(gap.to());
  }

  @Test
  void placeOfAnotherClusterIsRefused() throws Exception {
    try (TestBroker broker = TestBroker.start(directory.resolve("broker"))) {
      broker.topics("realm");
      Path place = directory.resolve("place.json");
      Files.writeString(
          place, "{\"target\":{\"cluster\":\"other\",\"topic\":\"realm.wikipedia-events.v1\"}}");
      CommandRun run =
          broker.run(
              "realm",
              ("wikipedia live --wiki enwiki --contact a@example.org --progress " + place)
                  .split(" "));
      assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(run.err()).contains("is of another target");
    }
  }

  private CommandProcess live(TestBroker broker, EventServer server) throws Exception {
    return CommandProcess.start(
        directory.resolve("printed"),
        "wikipedia",
        "live",
        "--wiki",
        "enwiki",
        "--contact",
        "someone@example.org",
        "--since",
        FeedLog.time(0).toString(),
        "--feed",
        server.address(),
        "--bootstrap-servers",
        broker.servers(),
        "--dir",
        directory.toString());
  }

  private static Set<String> keys(Connection connection) {
    Set<String> keys = new TreeSet<>();
    for (ConsumerRecord<byte[], byte[]> record :
        TestBroker.read(connection, "realm.wikipedia-events.v1")) {
      keys.add(record.key() == null ? "null" : new String(record.key(), UTF_8));
    }
    return keys;
  }

  private static List<Gap> gapsForTheFollower(Connection connection) throws Exception {
    List<Gap> gaps = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record :
        TestBroker.read(connection, "realm.wikipedia-events.v1")) {
      if (new String(record.value(), UTF_8).contains(WikipediaGap.SCHEMA)) {
        WikipediaGap gap = Codecs.WIKIPEDIA_GAP.decode(record.value());
        assertThat(gap.wiki()).isEqualTo("enwiki");
        assertThat(record.key()).asString(UTF_8).isEqualTo("enwiki");
        gaps.add(new Gap(gap.from(), gap.to()));
      }
    }
    return gaps;
  }

  private static List<Gap> gaps(Connection connection) throws Exception {
    List<Gap> gaps = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record :
        TestBroker.read(connection, "realm.wikipedia-outcomes.v1")) {
      WikipediaOutcome outcome = Codecs.WIKIPEDIA_OUTCOME.decode(record.value());
      assertThat(outcome.outcome()).isEqualTo(PageOutcome.GAP);
      assertThat(new String(record.key(), UTF_8)).isEqualTo("enwiki");
      if (outcome.from() == null || outcome.to() == null) {
        throw new AssertionError("a gap without times: " + outcome);
      }
      gaps.add(new Gap(outcome.from(), outcome.to()));
    }
    return gaps;
  }
}
