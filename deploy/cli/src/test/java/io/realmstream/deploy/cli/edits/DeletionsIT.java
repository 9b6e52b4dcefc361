package io.realmstream.deploy.cli.edits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.realmstream.deploy.cli.CommandRun;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.TestBroker;
import io.realmstream.deploy.client.Connection;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.DocumentStatus;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.document.EditProgress;
import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.document.PassageChanges;
import io.realmstream.schemas.document.VectorCounts;
import io.realmstream.schemas.json.Codecs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Deletions by the command line, against a real broker whose updater is this test. */
@Timeout(120)
class DeletionsIT {
  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

  @SuppressWarnings("NullAway.Init")
  private static TestBroker broker;

  @TempDir private Path folder = Path.of("unset");

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    broker = TestBroker.start(directory);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void deletionOfWhatIsNotThereIsSaid() throws Exception {
    Connection connection = broker.topics("absent");
    CompletableFuture<CommandRun> deletion =
        CompletableFuture.supplyAsync(
            () -> broker.run("absent", "delete", "there", "nowhere", "--revision", "7"),
            command -> new Thread(command, "command").start());
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> deletion.isDone() || TestBroker.edits(connection).size() == 2);
    status(connection, "there", Outcome.DELETED, 2);
    status(connection, "nowhere", Outcome.DELETED, 0);
    CommandRun run = deletion.join();
    assertThat(run.err().lines()).containsExactly("nowhere: there was nothing to delete");
    assertThat(run.out()).startsWith("added 0, updated 0, unchanged 0, deleted 2");
    assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
  }

  @Test
  void missingDocumentsAreListedAndDeletedOnlyWhenConfirmed() throws Exception {
    Connection connection = broker.topics("missing");
    status(connection, "notes/a.md", Outcome.ADDED, 0);
    status(connection, "notes/gone.md", Outcome.ADDED, 0);
    status(connection, "gone.md", Outcome.ADDED, 0);
    Files.writeString(folder.resolve("a.md"), "text");

    CommandRun dry = load("missing", "--delete-missing");
    assertThat(dry.out().lines()).containsExactly("missing  notes/gone.md", "sent 1, failed 0");
    assertThat(dry.err().lines())
        .containsExactly("1 documents are missing; --confirm deletes them");
    assertThat(TestBroker.edits(connection))
        .extracting(DocumentEdit::id)
        .containsExactly("notes/a.md");

    Path bad = Files.write(folder.resolve("bad.md"), new byte[] {(byte) 0xff});
    CommandRun unsure = load("missing", "--delete-missing", "--confirm");
    assertThat(unsure.err()).contains("nothing is deleted: ");
    assertThat(unsure.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(TestBroker.edits(connection)).noneMatch(edit -> edit.kind() == EditKind.DELETE);

    Files.delete(bad);
    CommandRun sure = load("missing", "--delete-missing", "--confirm");
    assertThat(sure.out().lines()).containsExactly("missing  notes/gone.md", "sent 2, failed 0");
    assertThat(sure.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(TestBroker.edits(connection))
        .filteredOn(edit -> edit.kind() == EditKind.DELETE)
        .containsExactly(DocumentEdit.deletion("notes/gone.md", 2L));
  }

  @Test
  void optionsThatWouldDeleteTooMuchAreUsage() throws Exception {
    Path file = Files.writeString(folder.resolve("a.jsonl"), "{}");
    assertThat(load("usage", "--confirm").exitCode()).isEqualTo(ExitCode.USAGE);
    CommandRun resumed = load("usage", "--delete-missing", "--resume-at", file + ":2");
    assertThat(resumed.err()).contains("--delete-missing needs all rows");
    assertThat(resumed.exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void idThatIsTooLongWithItsPrefixIsABadRow() throws Exception {
    broker.topics("long");
    Files.writeString(folder.resolve("a.md"), "text");
    CommandRun run = broker.run("long", "load", folder.toString(), "--id-prefix", "x".repeat(510));
    assertThat(run.err()).contains("a.md:1: id: must be 1 to 512 UTF-8 bytes long (is 514)");
    assertThat(run.out()).isEqualToIgnoringNewLines("sent 0, failed 1");
  }

  private CommandRun load(String prefix, String... options) {
    List<String> all = new ArrayList<>(List.of("load", folder.toString(), "--id-prefix", "notes/"));
    all.addAll(List.of(options));
    return broker.run(prefix, all.toArray(String[]::new));
  }

  private static void status(Connection connection, String id, Outcome outcome, int removed)
      throws Exception {
    long revision = outcome == Outcome.DELETED ? 7 : 1;
    DocumentStatus status =
        new DocumentStatus(
            id,
            revision,
            outcome,
            null,
            new PassageChanges(1, 0, removed, 0),
            VectorCounts.NONE,
            1,
            new EditProgress(TIME, TIME, TIME));
    String topic = connection.topics().documentStatus();
    TestBroker.write(connection, topic, id, Codecs.DOCUMENT_STATUS.encode(status));
  }
}
