package io.realmstream.deploy.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.TopicOffsets;
import io.realmstream.deploy.embedded.host.RunFile;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.DocumentStatus;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.document.EditProgress;
import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.document.PassageChanges;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.document.VectorCounts;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.query.Query;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The client commands against a real broker on which nobody works. */
@Timeout(120)
class CommandsIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

  @SuppressWarnings("NullAway.Init")
  private static TestBroker broker;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    broker = TestBroker.start(directory);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void noBrokerIsOneLineAndExitCodeThree() throws Exception {
    String nowhere;
    try (ServerSocket socket = new ServerSocket(0)) {
      nowhere = "localhost:" + socket.getLocalPort();
    }
    CommandRun run = CommandRun.of("ask", "why?", "--bootstrap-servers", nowhere);
    assertThat(run.err().lines())
        .containsExactly("realm: no broker answers at " + nowhere + ": is `realm up` running?");
    assertThat(run.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
  }

  @Test
  void listenerOfAnotherProtocolIsNotABrokerThatRests() throws Exception {
    try (ServerSocket silent = new ServerSocket(0)) {
      String there = "localhost:" + silent.getLocalPort();
      CommandRun run = CommandRun.of("status", "--bootstrap-servers", there);
      assertThat(run.err())
          .startsWith(
              "realm: " + there + " did not answer as a broker that speaks PLAINTEXT in 8 s:")
          .hasLineCount(1);
      assertThat(run.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
    }
  }

  @Test
  void brokerWithoutTlsIsNotABrokerThatRests(@TempDir Path directory) throws Exception {
    Path config = Files.writeString(directory.resolve("tls"), "security.protocol=SSL\n");
    CommandRun run = broker.run("tls", "status", "--kafka-config", config.toString());
    assertThat(run.err()).contains("did not answer as a broker that speaks SSL").hasLineCount(1);
    assertThat(run.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
  }

  @Test
  void hostThatNobodyKnowsIsUnreachableToo() {
    CommandRun run = CommandRun.of("show", "a", "--bootstrap-servers", "no-such-host.invalid:1");
    assertThat(run.err()).contains("no such host");
    assertThat(run.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
  }

  @Test
  void brokerWithoutTheTopicsIsNoKnowledgeBase() {
    CommandRun run = broker.run("absent", "show", "a");
    assertThat(run.err()).contains("lacks a topic").contains("absent.documents.v1");
    assertThat(run.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
  }

  @Test
  void runFileOfTheFolderLeadsToTheBroker(@TempDir Path directory) throws Exception {
    broker.topics("found");
    Files.writeString(
        directory.resolve(RunFile.NAME),
        "{\"pid\":1,\"bootstrapServers\":\""
            + broker.servers()
            + "\",\"dashboard\":\"http://localhost:1\"}");
    CommandRun run =
        CommandRun.of("show", "nobody", "--dir", directory.toString(), "--topic-prefix", "found");
    assertThat(run.err()).isEqualToIgnoringNewLines("realm: no document nobody");
    assertThat(run.exitCode()).isEqualTo(ExitCode.NO_ANSWER);
  }

  @Test
  void loadSendsEveryGoodRowAndReportsTheBadOnes(@TempDir Path directory) throws Exception {
    Connection connection = broker.topics("load");
    String large = "x".repeat(Codecs.DOCUMENT_BYTES_MAX);
    Path file =
        Files.writeString(
            directory.resolve("d.jsonl"),
            String.join(
                "\n",
                "{\"id\":\"a\",\"title\":\"A\",\"text\":\"one\"}",
                "{\"id\":\"b\"}",
                "{\"id\":\"c\",\"text\":\"" + large + "\"}",
                "{\"id\":\"d\",\"text\":\"two\"}"));
    CommandRun run = broker.run("load", "load", file.toString(), "--format", "passages");
    assertThat(run.out()).isEqualToIgnoringNewLines("sent 2, failed 2");
    // beside lines of progress, which come when it takes long
    assertThat(run.err().lines())
        .containsSubsequence(
            file + ":2: text: missing",
            file + ":3: a document of 4,194,365 bytes; the limit is 4,194,304");
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(TestBroker.edits(connection))
        .containsExactlyInAnyOrder(
            new DocumentEdit("a", null, EditKind.UPSERT, "A", "one", false, null, Provenance.NONE),
            new DocumentEdit("d", null, EditKind.UPSERT, "", "two", false, null, Provenance.NONE));
  }

  @Test
  void resumedLoadSendsOnlyTheRest(@TempDir Path directory) throws Exception {
    Connection connection = broker.topics("resume");
    Path file =
        Files.writeString(
            directory.resolve("d.jsonl"),
            "{\"id\":\"a\",\"text\":\"1\"}\n{\"id\":\"b\",\"text\":\"2\"}\n");
    CommandRun run = broker.run("resume", "load", file.toString(), "--resume-at", file + ":2");
    assertThat(run.out()).isEqualToIgnoringNewLines("sent 1, failed 0");
    assertThat(TestBroker.edits(connection)).extracting(DocumentEdit::id).containsExactly("b");
  }

  @Test
  void waitingWhereNoUpdaterReadsIsUnreachable(@TempDir Path directory) throws Exception {
    broker.topics("idle");
    Path file = Files.writeString(directory.resolve("a.txt"), "Text.");
    CommandRun run = broker.run("idle", "load", file.toString(), "--wait", "--timeout", "1");
    assertThat(run.err()).contains("no updater is reading idle.documents.v1");
    assertThat(run.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
  }

  @Test
  void partitionThatNobodyReadsYetIsNamed(@TempDir Path directory) throws Exception {
    Connection connection = broker.topics("grown");
    TestBroker.commitFarAhead(connection, "grown-updater-documents", "grown.documents.v1");
    try (Admin admin = connection.admin()) {
      admin.createPartitions(Map.of("grown.documents.v1", NewPartitions.increaseTo(6))).all().get();
      await().until(() -> TopicOffsets.of(admin, "grown.documents.v1").ends().size() == 6);
    }
    String id =
        Stream.iterate("a", known -> known + "a")
            .filter(known -> Utils.toPositive(Utils.murmur2(known.getBytes(UTF_8))) % 6 == 5)
            .findFirst()
            .orElseThrow();
    Path file =
        Files.writeString(directory.resolve("d.jsonl"), "{\"id\":\"" + id + "\",\"text\":\"t\"}");
    CommandRun run = broker.run("grown", "load", file.toString(), "--wait", "--timeout", "1");
    assertThat(run.err())
        .contains("nobody reads partition 5 of grown.documents.v1 yet, and 1 edits wait");
    assertThat(run.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
  }

  @Test
  void waitingForAnUpdaterThatOnlyReadsTimesOut(@TempDir Path directory) throws Exception {
    Connection connection = broker.topics("slow");
    TestBroker.commitFarAhead(connection, "slow-updater-documents", "slow.documents.v1");
    Path file = Files.writeString(directory.resolve("a.txt"), "Text.");
    CommandRun run = broker.run("slow", "load", file.toString(), "--wait", "--timeout", "1");
    assertThat(run.exitCode()).isEqualTo(ExitCode.TIMED_OUT);
  }

  @Test
  void deleteSendsADeletionOfThatRevision() throws Exception {
    Connection connection = broker.topics("delete");
    CommandRun run = broker.run("delete", "delete", "a", "--revision", "7", "--timeout", "1");
    assertThat(run.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
    List<DocumentEdit> edits = TestBroker.edits(connection);
    assertThat(edits).hasSize(1);
    assertThat(edits.get(0).kind()).isEqualTo(EditKind.DELETE);
    assertThat(edits.get(0).revision()).isEqualTo(7);
  }

  @Test
  void askingWhereNoRetrieverReadsIsUnreachable() throws Exception {
    Connection connection = broker.topics("deaf");
    CommandRun run =
        broker.run("deaf", "ask", "why?", "--kind", "retrieve", "--k", "3", "--timeout", "1");
    assertThat(run.err())
        .isEqualToIgnoringNewLines(
            "realm: no retriever is reading deaf.queries.v1: is `realm up` running?");
    assertThat(run.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
    Query query =
        Codecs.QUERY.decode(TestBroker.read(connection, "deaf.queries.v1").get(0).value());
    assertThat(query.text()).isEqualTo("why?");
    assertThat(query.scope().k()).isEqualTo(3);
  }

  @Test
  void askingARetrieverThatOnlyReadsTimesOut() throws Exception {
    Connection connection = broker.topics("mute");
    TestBroker.commitFarAhead(connection, "mute-retriever-queries", "mute.queries.v1");
    CommandRun run = broker.run("mute", "ask", "why?", "--timeout", "1");
    assertThat(run.exitCode()).isEqualTo(ExitCode.TIMED_OUT);
  }

  @Test
  void fileOfQuestionsThatNobodyReadsIsUnreachable(@TempDir Path directory) throws Exception {
    broker.topics("deaf-file");
    Path questions = Files.writeString(directory.resolve("q.jsonl"), "{\"question\":\"why?\"}\n");
    Path answers = directory.resolve("a.jsonl");
    CommandRun run =
        broker.run(
            "deaf-file",
            "ask",
            "--file",
            questions.toString(),
            "--out",
            answers.toString(),
            "--timeout",
            "1");
    assertThat(run.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
  }

  @Test
  void showTellsWhyTheNewestRevisionFailed() throws Exception {
    Connection connection = broker.topics("show");
    DocumentEdit edit =
        new DocumentEdit("a", 2L, EditKind.UPSERT, "A", "text", true, null, Provenance.NONE);
    TestBroker.write(connection, "show.documents.v1", "a", Codecs.DOCUMENT_EDIT.encode(edit));
    DocumentStatus status =
        new DocumentStatus(
            "a",
            2,
            Outcome.FAILED,
            "no vector",
            new PassageChanges(1, 0, 0, 0),
            VectorCounts.NONE,
            1,
            new EditProgress(TIME, null, null));
    TestBroker.write(
        connection, "show.document-status.v1", "a", Codecs.DOCUMENT_STATUS.encode(status));
    CommandRun run = broker.run("show", "show", "a");
    assertThat(run.out()).contains("revision     2 (FAILED)").contains("reason       no vector");
    assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(broker.run("show", "show", "a", "--json").out().lines()).hasSize(1);
  }

  @Test
  void whatADocumentSaysDoesNotSteerTheTerminal(@TempDir Path directory) throws Exception {
    Connection connection = broker.topics("escape");
    String title = "A\033]52;c;cm0=\007\u009b2J";
    DocumentEdit edit =
        new DocumentEdit("a", 2L, EditKind.UPSERT, title, "text", true, null, Provenance.NONE);
    TestBroker.write(connection, "escape.documents.v1", "a", Codecs.DOCUMENT_EDIT.encode(edit));
    String neutral = "A\\u001b]52;c;cm0=\\u0007\\u009b2J";
    assertThat(broker.run("escape", "show", "a").out()).contains(neutral);
    String json = broker.run("escape", "show", "a", "--json").out();
    assertThat(JSON.readTree(json).path("title").textValue()).isEqualTo(title);
    Path file = Files.writeString(directory.resolve("b\033[2J.jsonl"), "nothing");
    assertThat(broker.run("escape", "load", file.toString()).err())
        .contains("b\\u001b[2J.jsonl:1: ");
  }

  @Test
  void fileThatIsNotWhatItsNameSaysIsOneLine(@TempDir Path directory) throws Exception {
    broker.topics("gz");
    Path plain = Files.writeString(directory.resolve("plain.gz"), "{}");
    Path empty = Files.createFile(directory.resolve("empty.bz2"));
    CommandRun run = broker.run("gz", "load", plain.toString(), empty.toString());
    assertThat(run.err().lines())
        .containsExactly(
            plain + ":1: not compressed with gzip, whatever its name says",
            empty + ":1: empty, whatever its name says");
    assertThat(run.out()).isEqualToIgnoringNewLines("sent 0, failed 2");
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
  }
}
