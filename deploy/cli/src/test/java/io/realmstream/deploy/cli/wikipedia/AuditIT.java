package io.realmstream.deploy.cli.wikipedia;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.realmstream.deploy.cli.CommandRun;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.TestBroker;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.TopicTail;
import io.realmstream.deploy.embedded.KeptClients;
import io.realmstream.deploy.wikipedia.Bookmark;
import io.realmstream.deploy.wikipedia.audit.ApiServer;
import io.realmstream.deploy.wikipedia.audit.AuditFiles;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.wikipedia.ObservedState;
import io.realmstream.schemas.wikipedia.PageOutcome;
import io.realmstream.schemas.wikipedia.Reason;
import io.realmstream.schemas.wikipedia.WikipediaObserved;
import io.realmstream.schemas.wikipedia.WikipediaOutcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class AuditIT {
  @Test
  void whatDiffersFromTheAcceptedEditsBecomesAStatement(@TempDir Path directory) throws Exception {
    try (TestBroker broker = TestBroker.start(directory.resolve("broker"));
        ApiServer wiki = new ApiServer(Set.of())) {
      Connection connection = broker.topics("realm");
      for (long page = 1; page <= 5; page++) {
        wiki.put(page, page * 10);
        accept(connection, page, page * 10);
      }
      accept(connection, 3, 29);
      accept(connection, 9, 90);
      wiki.put(6, 60);
      try (TopicTail events = TopicTail.open(connection, "realm.wikipedia-events.v1")) {
        CompletableFuture<CommandRun> run =
            CompletableFuture.supplyAsync(() -> audit(broker, wiki, directory));
        Map<Long, ObservedState> found = new TreeMap<>();
        while (found.size() < 3) {
          for (ConsumerRecord<byte[], byte[]> record : events.poll(Duration.ofMillis(200))) {
            WikipediaObserved observed = Codecs.WIKIPEDIA_OBSERVED.decode(record.value());
            found.put(observed.pageId(), observed.state());
            settle(connection, observed.pageId(), observed.key());
          }
        }
        assertThat(found)
            .isEqualTo(
                Map.of(
                    3L, ObservedState.PRESENT, 6L, ObservedState.PRESENT, 9L, ObservedState.GONE));
        assertThat(run.join().exitCode()).isEqualTo(ExitCode.OK);
        assertThat(run.join().out()).contains("7 pages, 3 differ, 2 requests");
      }
    }
  }

  /** Ten requests list the wiki; they leave half a second apart until the kill. */
  @Test
  void anAuditThatIsKilledGoesOnWhereItWasAndStatusSaysWhatIsVerified(@TempDir Path directory)
      throws Exception {
    try (TestBroker broker = TestBroker.start(directory.resolve("broker"));
        ApiServer wiki = new ApiServer(Set.of())) {
      Connection connection = broker.topics("realm");
      try (Producer<byte[], byte[]> producer = connection.producer()) {
        for (long page = 1; page <= 5_000; page++) {
          wiki.put(page, page * 10);
          var unused = producer.send(accepted(page, page * 10));
        }
      }
      settle(connection, 1, "enwiki:1");
      Path bookmark =
          AuditFiles.of(
                  AuditFiles.folder(directory),
                  Bookmark.Target.of(connection),
                  new AuditFiles.Scope("enwiki", wiki.address(), List.of(0)))
              .bookmark();
      try (CommandProcess killed =
          CommandProcess.start(
              directory.resolve("printed"),
              ("wikipedia audit --wiki enwiki --contact a@example.org --requests 120 --api %s"
                      + " --dir %s --bootstrap-servers %s")
                  .formatted(wiki.address(), directory, broker.servers())
                  .split(" "))) {
        await().until(() -> wiki.requests() >= 5 && Files.exists(bookmark));
        killed.kill();
      }
      int before = wiki.requests();
      assertThat(status(broker, directory)).contains("enwiki  not verified yet");
      CommandRun rest = audit(broker, wiki, directory);
      assertThat(rest.exitCode()).as(rest.err()).isEqualTo(ExitCode.OK);
      // at most what the last second before the kill asked for comes twice
      assertThat(wiki.requests()).isBetween(10, 14);
      assertThat(wiki.requests() - before).isLessThan(10);
      assertThat(status(broker, directory)).contains("enwiki  the oldest unverified page is");
    }
  }

  private static String status(TestBroker broker, Path directory) {
    return broker.run("realm", "status", "--dir", directory.toString()).out();
  }

  private static CommandRun audit(TestBroker broker, ApiServer wiki, Path directory) {
    return broker.run(
        "realm",
        "wikipedia audit --wiki enwiki --contact a@example.org --requests 6000 --api %s --dir %s"
            .formatted(wiki.address(), directory)
            .split(" "));
  }

  private static void accept(Connection connection, long page, long revision) {
    KeptClients.send(connection, accepted(page, revision));
  }

  private static ProducerRecord<byte[], byte[]> accepted(long page, long revision) {
    String edit =
        "{\"id\":\"enwiki:%1$d\",\"source\":{\"wiki\":\"enwiki\",\"pageId\":%1$d,\"revisionId\":%2$d}}"
            .formatted(page, revision);
    return new ProducerRecord<>(
        "realm.accepted-documents.v1", ("enwiki:" + page).getBytes(UTF_8), edit.getBytes(UTF_8));
  }

  private static void settle(Connection connection, long page, String key) {
    WikipediaOutcome outcome =
        new WikipediaOutcome(
            "enwiki", page, null, PageOutcome.IGNORED, Reason.REPEAT, null, null, Instant.now());
    connection.send("realm.wikipedia-outcomes.v1", key, Codecs.WIKIPEDIA_OUTCOME.encode(outcome));
  }
}
