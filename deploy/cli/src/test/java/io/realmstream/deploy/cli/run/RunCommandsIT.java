package io.realmstream.deploy.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.realmstream.deploy.cli.CommandRun;
import io.realmstream.deploy.cli.run.RealmCommands.End;
import io.realmstream.deploy.embedded.EmbeddedRun;
import io.realmstream.deploy.embedded.host.RunFile;
import io.realmstream.deploy.sample.SampleKnowledgeBase;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.json.Codecs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands that run something, as processes of their own; the README's lines among them. */
@Timeout(600)
class RunCommandsIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** So many of the sample's are enough to see that they are asked and judged. */
  private static final int QUESTIONS = 20;

  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  /** The usual ports may be somebody's on this machine. */
  private static final List<String> TESTED_UP =
      List.of("--kafka-port", "0", "--dashboard-port", "0", "--model", "minilm");

  @Test
  void theFiveLinesOfTheReadmeWork(@TempDir Path directory) throws Exception {
    RealmCommands realm = new RealmCommands(directory);
    Files.write(directory.resolve("articles.jsonl"), articles());
    try {
      List<List<String>> lines = readmeCommands();
      assertThat(lines).hasSize(5);
      String answer = "";
      for (List<String> line : lines) {
        List<String> arguments = new ArrayList<>(line);
        if (line.get(0).equals("up")) {
          arguments.addAll(TESTED_UP);
        }
        if (line.get(0).equals("down")) {
          assertThatTheLoadedIsShownAndEvaluated(realm, directory);
          assertThatTheDeletedIsNotAnswered(realm);
          assertThatOnlyTheMissingIsDeleted(realm, Files.createDirectory(directory.resolve("n")));
        }
        End end = realm.execute(arguments);
        assertThat(end.exitCode()).as("%s: %s", line, end.err()).isZero();
        if (line.get(0).equals("ask")) {
          answer = end.out();
        }
      }
      assertThat(answer).startsWith("three");
      // the last line stopped it
      assertThat(EmbeddedRun.process(realm.run())).isEmpty();
      assertThat(RunFile.read(realm.run())).isEmpty();
    } finally {
      realm.execute("down");
    }
  }

  private static void assertThatTheLoadedIsShownAndEvaluated(RealmCommands realm, Path directory)
      throws Exception {
    DocumentEdit shown = SampleKnowledgeBase.documents().get(0);
    JsonNode story = JSON.readTree(realm.execute("show", shown.id(), "--json").out());
    JsonNode version = story.path("versions").path(0);
    assertThat(version.path("state").asText()).isEqualTo("ACTIVE");
    assertThat(version.path("revision").asLong()).isEqualTo(story.path("newestRevision").asLong());
    assertThat(version.path("passages").path(0).path("text").asText())
        .isNotEmpty()
        .isEqualTo(shown.text().substring(0, version.at("/passages/0/end").asInt()));

    Files.write(directory.resolve("questions.jsonl"), questions());
    End end = realm.execute("evaluate", "questions.jsonl", "--json", "--out", "evaluation");
    assertThat(end.exitCode()).as(end.err()).isZero();
    JsonNode report = JSON.readTree(end.out());
    assertThat(report.at("/passes/0/statuses/ANSWERED").asInt()).isEqualTo(QUESTIONS);
    assertThat(report.at("/byPassage/recall/100").asDouble()).isEqualTo(1);
    assertThat(report.at("/byAnswer/recall/100").asDouble()).isEqualTo(1);
    assertThat(report.at("/byPassage/recall/5").asDouble()).isGreaterThan(0.9);
    assertThat(report.at("/reading/exactMatch").asDouble()).isGreaterThan(0.5);
    assertThat(report.at("/versions/0/documentTower").asText()).hasSize(32);
    assertThat(directory.resolve("evaluation/report.json")).hasContent(end.out());
    assertThat(Files.readAllLines(directory.resolve("evaluation/answers.jsonl")))
        .hasSize(QUESTIONS);
    assertThat(Files.readAllLines(directory.resolve("evaluation/qrels.trec"))).hasSize(QUESTIONS);
  }

  private static void assertThatTheDeletedIsNotAnswered(RealmCommands realm) throws Exception {
    SampleKnowledgeBase.Question question = SampleKnowledgeBase.questions().get(0);
    assertThat(quoted(realm, question.question())).contains(question.document());

    CommandRun deletion = client(realm, "delete", question.document(), "nowhere");
    assertThat(deletion.err().lines()).containsExactly("nowhere: there was nothing to delete");
    assertThat(deletion.out()).startsWith("added 0, updated 0, unchanged 0, deleted 2, stale 0");
    assertThat(deletion.exitCode()).isZero();
    assertThat(quoted(realm, question.question())).isNotEmpty().doesNotContain(question.document());

    CommandRun stale = client(realm, "delete", question.document(), "--revision", "0");
    assertThat(stale.out()).startsWith("added 0, updated 0, unchanged 0, deleted 0, stale 1");
    CommandRun again = client(realm, "delete", question.document());
    assertThat(again.err().lines())
        .containsExactly(question.document() + ": there was nothing to delete");
  }

  private static void assertThatOnlyTheMissingIsDeleted(RealmCommands realm, Path notes)
      throws Exception {
    String question = "which zeppelin carries quinces";
    Files.writeString(notes.resolve("kept.md"), "The zeppelin Alpha carries quinces.");
    Path gone = Files.writeString(notes.resolve("gone.md"), "The zeppelin Beta carries quinces.");
    assertThat(load(realm, notes).out()).startsWith("added 2, ");
    assertThat(quoted(realm, question)).contains("notes/kept.md", "notes/gone.md");

    Files.delete(gone);
    CommandRun dry = load(realm, notes, "--delete-missing");
    assertThat(dry.out().lines()).startsWith("missing  notes/gone.md").hasSize(2);
    assertThat(dry.out()).contains("unchanged 1, deleted 0");
    assertThat(dry.err()).contains("1 documents are missing; --confirm deletes them");
    assertThat(quoted(realm, question)).contains("notes/gone.md");

    CommandRun sure = load(realm, notes, "--delete-missing", "--confirm");
    assertThat(sure.out().lines()).startsWith("missing  notes/gone.md").hasSize(2);
    assertThat(sure.out()).contains("unchanged 1, deleted 1, stale 0, failed 0");
    assertThat(quoted(realm, question))
        .as("documents of another prefix stay")
        .hasSizeGreaterThan(1)
        .contains("notes/kept.md")
        .doesNotContain("notes/gone.md");
    assertThat(load(realm, notes, "--delete-missing").out()).doesNotContain("missing  ");
  }

  private static CommandRun load(RealmCommands realm, Path notes, String... options) {
    List<String> arguments =
        new ArrayList<>(List.of("load", notes.toString(), "--id-prefix", "notes/", "--wait"));
    arguments.addAll(List.of(options));
    return client(realm, arguments.toArray(String[]::new));
  }

  /** Documents of the passages that a question finds. */
  private static List<String> quoted(RealmCommands realm, String question) throws IOException {
    CommandRun run = client(realm, "ask", question, "--kind", "retrieve", "--k", "20", "--json");
    return JSON.readTree(run.out()).at("/result/passages").findValuesAsText("document");
  }

  /** A command in this process. */
  private static CommandRun client(RealmCommands realm, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--dir", realm.run().toString()));
    return CommandRun.of(all.toArray(String[]::new));
  }

  @Test
  void theDemoEndsWithAChangedAnswer(@TempDir Path directory) throws Exception {
    End end = new RealmCommands(directory).execute("demo", "--model", "minilm");
    assertThat(end.exitCode()).as("%s%s", end.out(), end.err()).isZero();
    assertThat(end.out().strip()).contains("The answer changed from ");
  }

  @Test
  void aStartThatFailsInTheBackgroundSaysWhyInOneLine(@TempDir Path directory) throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      RealmCommands realm = new RealmCommands(directory);
      End end = realm.execute("up", "--detach", "--kafka-port", port, "--dashboard-port", "0");
      assertThat(end.exitCode()).isEqualTo(1);
      assertThat(end.out()).isEmpty();
      assertThat(end.err().lines().toList())
          .endsWith(
              "realm: cannot start: port "
                  + port
                  + " for Kafka is taken; choose another, or 0 for a free one");
      assertThat(realm.execute("logs").out())
          .matches("(?s).*[0-9:]{8} INFO  i.r.d.c.Realm - realm: cannot start: port .*");
      assertThat(EmbeddedRun.process(realm.run())).isEmpty();
    }
  }

  @Test
  void downWhereNothingRunsIsFine(@TempDir Path directory) {
    CommandRun run = CommandRun.of("down", "--dir", directory.toString());
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).contains("nothing runs in " + directory);
  }

  @Test
  void anOptionOutOfRangeIsAUsageError(@TempDir Path directory) {
    Path run = directory.resolve("run");
    assertThat(up(run, "--model", "none").exitCode()).isEqualTo(2);
    assertThat(up(run, "--parallelism", "0").exitCode()).isEqualTo(2);
    assertThat(up(run, "--kafka-port", "65536").exitCode()).isEqualTo(2);
    assertThat(run).doesNotExist();
  }

  @Test
  void logsAreThoseOfARunInTheBackground(@TempDir Path directory) throws Exception {
    String folder = directory.toString();
    CommandRun none = CommandRun.of("logs", "--dir", folder);
    assertThat(none.exitCode()).isEqualTo(1);
    assertThat(none.err()).contains("no log ");
    Files.writeString(
        Files.createDirectory(directory.resolve("logs")).resolve("realm.log"), "it began\n");
    assertThat(CommandRun.of("logs", "--dir", folder).out()).isEqualTo("it began\n");
  }

  private static CommandRun up(Path directory, String option, String value) {
    return CommandRun.of("up", "--dir", directory.toString(), option, value);
  }

  private static List<List<String>> readmeCommands() throws IOException {
    return Files.readAllLines(Path.of("..", "README.md")).stream()
        .dropWhile(line -> !line.equals("## Five lines"))
        .skip(1)
        .takeWhile(line -> !line.startsWith("## "))
        .filter(line -> line.startsWith("deploy/realm "))
        .map(line -> words(line.substring("deploy/realm ".length())))
        .toList();
  }

  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(line);
    while (matcher.find()) {
      words.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
    }
    return words;
  }

  private static List<String> questions() {
    return SampleKnowledgeBase.questions().stream()
        .limit(QUESTIONS)
        .map(
            question ->
                JSON.createObjectNode()
                    .put("question", question.question())
                    .put("passage", question.document())
                    .set("answers", JSON.valueToTree(question.answers()))
                    .toString())
        .toList();
  }

  private static byte[] articles() {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (DocumentEdit edit : SampleKnowledgeBase.documents()) {
      lines.writeBytes(Codecs.DOCUMENT_EDIT.encode(edit));
      lines.write('\n');
    }
    return lines.toByteArray();
  }
}
