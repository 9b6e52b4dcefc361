package io.realmstream.deploy.cli.wikipedia;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.cli.CommandRun;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.TestBroker;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.TopicTail;
import io.realmstream.deploy.wikipedia.dump.Exports;
import io.realmstream.schemas.Utf8;
import io.realmstream.schemas.document.DocumentStatus;
import io.realmstream.schemas.document.EditProgress;
import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.document.PassageChanges;
import io.realmstream.schemas.document.VectorCounts;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.wikipedia.PageOutcome;
import io.realmstream.schemas.wikipedia.Reason;
import io.realmstream.schemas.wikipedia.WikipediaObserved;
import io.realmstream.schemas.wikipedia.WikipediaOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Imports at the pace at which pages become answerable, told by statuses and outcomes. */
@Timeout(180)
class GateIT {
  private static final int PAGES = 60;

  private final Path directory;

  GateIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void noMoreThan64KiBOfTextIsOnItsWay() throws Exception {
    Path file = export(5_000);
    try (TestBroker broker = TestBroker.start(directory.resolve("broker"))) {
      Connection connection = broker.topics("realm");
      try (TopicTail events = TopicTail.open(connection, "realm.wikipedia-events.v1")) {
        CompletableFuture<CommandRun> run =
            CompletableFuture.supplyAsync(() -> load(broker, file, 60));
        assertThat(largestOnItsWay(connection, events)).isBetween(40_000, 64 << 10);
        assertThat(run.join().exitCode()).isEqualTo(ExitCode.OK);
        assertThat(run.join().out()).contains("sent 60 pages");
      }
    }
  }

  @Test
  void importGivesUpWhenNothingBecomesOfItsPages() throws Exception {
    Path file = export(50_000);
    try (TestBroker broker = TestBroker.start(directory.resolve("broker"))) {
      broker.topics("realm");
      CommandRun run = load(broker, file, 2);
      assertThat(run.exitCode()).isEqualTo(ExitCode.TIMED_OUT);
      assertThat(run.err())
          .contains("nothing became of 1 pages in 2 s", "does the follower follow enwiki?");
    }
  }

  /** Ends a page when nothing more comes; the ends of a third of them are outcomes. */
  private static int largestOnItsWay(Connection connection, TopicTail events) throws Exception {
    Deque<WikipediaObserved> open = new ArrayDeque<>();
    int ended = 0;
    int bytes = 0;
    int largest = 0;
    while (ended < PAGES) {
      boolean any = false;
      for (ConsumerRecord<byte[], byte[]> record : events.poll(Duration.ofMillis(300))) {
        WikipediaObserved observed = Codecs.WIKIPEDIA_OBSERVED.decode(record.value());
        open.add(observed);
        bytes += textBytes(observed);
        any = true;
      }
      largest = Math.max(largest, bytes);
      if (!any && !open.isEmpty()) {
        for (int i = 0; i < 5 && !open.isEmpty(); i++) {
          WikipediaObserved observed = open.remove();
          bytes -= textBytes(observed);
          end(connection, observed);
          ended++;
        }
      }
    }
    return largest;
  }

  private static int textBytes(WikipediaObserved observed) {
    return Utf8.bytes(String.valueOf(observed.revision().text()));
  }

  private static void end(Connection connection, WikipediaObserved observed) {
    boolean published = observed.pageId() % 3 != 0;
    Instant now = Instant.now();
    WikipediaOutcome outcome =
        new WikipediaOutcome(
            observed.wiki(),
            observed.pageId(),
            observed.revision().revisionId(),
            published ? PageOutcome.PUBLISHED : PageOutcome.IGNORED,
            published ? null : Reason.REPEAT,
            null,
            null,
            now);
    String key = observed.key();
    connection.send("realm.wikipedia-outcomes.v1", key, Codecs.WIKIPEDIA_OUTCOME.encode(outcome));
    if (published) {
      DocumentStatus status =
          new DocumentStatus(
              key,
              1,
              Outcome.ADDED,
              null,
              new PassageChanges(1, 1, 0, 0),
              VectorCounts.NONE,
              1,
              new EditProgress(now, now, now));
      connection.send("realm.document-status.v1", key, Codecs.DOCUMENT_STATUS.encode(status));
    }
  }

  private CommandRun load(TestBroker broker, Path file, int timeoutSeconds) {
    return broker.run(
        "realm",
        "wikipedia import --wiki enwiki --timeout %d --dir %s %s"
            .formatted(timeoutSeconds, directory, file)
            .split(" "));
  }

  private Path export(int textBytes) throws Exception {
    String[] parts = new String[PAGES + 2];
    parts[0] = Exports.head("0.11");
    for (int page = 1; page <= PAGES; page++) {
      parts[page] = Exports.page(page, "Title " + page, "x".repeat(textBytes));
    }
    parts[PAGES + 1] = Exports.tail();
    return Exports.write(directory.resolve("enwiki-20260401.xml"), parts);
  }
}
