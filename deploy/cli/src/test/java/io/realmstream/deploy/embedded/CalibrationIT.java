package io.realmstream.deploy.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.realmstream.deploy.cli.CommandRun;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.VersionLog;
import io.realmstream.deploy.embedded.cluster.EmbeddedJob;
import io.realmstream.deploy.sample.SampleKnowledgeBase;
import io.realmstream.model.version.VersionEntry;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.version.Calibration;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calibrates a knowledge base, publishes the fit and asks with it. */
@Timeout(900)
class CalibrationIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path directory;

  CalibrationIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void calibrationIsFittedPublishedAndServes() throws Exception {
    RunSettings settings = new RunSettings(directory, 0, 0, null, 1, "minilm", false);
    try (EmbeddedRun run = EmbeddedRun.start(settings, EmbeddedJob::all, line -> {})) {
      String servers = run.bootstrapServers();
      List<String> documents =
          SampleKnowledgeBase.documents().stream().map(CalibrationIT::json).toList();
      succeeds(servers, "load", file("documents.jsonl", documents), "--wait");

      assertAllWrongIsRefused(servers);
      List<String> half = new ArrayList<>(questions(null).subList(0, 60));
      half.addAll(questions(List.of("nothing of the kind")).subList(0, 60));
      String manifest = path("calibrated.json");
      CommandRun fitted =
          succeeds(
              servers,
              "calibrate",
              file("half.jsonl", half),
              "--k",
              "2",
              "--out",
              manifest,
              "--json");
      JsonNode report = JSON.readTree(fitted.out());
      RetrieverCheckpoint calibrated =
          Codecs.RETRIEVER_CHECKPOINT.decode(Files.readAllBytes(Path.of(manifest)));
      Calibration calibration = Objects.requireNonNull(calibrated.calibration());
      assertThat(calibration.readerTemperature())
          .isEqualTo(report.at("/fitted/readerTemperature").doubleValue());
      assertThat(calibrated.scoreScale())
          .isEqualTo(report.at("/fitted/scoreScale").doubleValue())
          .isNotEqualTo(20);
      assertThat(calibration.thresholds().probabilityMin()).isNotNull();
      assertThat(calibration.confidence()).isNotNull();

      assertThat(succeeds(servers, "publish-checkpoint", manifest).out())
          .contains("QUERY_SIDE_ONLY");
      await("the calibrated version")
          .atMost(Duration.ofMinutes(5))
          .until(() -> calibration.equals(active(servers).checkpoint().calibration()));
      assertThat(active(servers).index()).as("the vectors that there were").isEqualTo(1);
      assertSilent(servers);
      assertEvaluated(servers, half.size());
    }
  }

  private void assertAllWrongIsRefused(String servers) throws Exception {
    String allWrong = file("wrong.jsonl", questions(List.of("nothing of the kind")));
    CommandRun refused =
        run(servers, "calibrate", allWrong, "--k", "2", "--out", path("refused.json"));
    assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(refused.err().lines().toList())
        .last()
        .asString()
        .startsWith("realm: " + allWrong + ": 0 of 120 answers are right");
    assertThat(directory.resolve("refused.json")).doesNotExist();
  }

  /** Withholds by a threshold of the query; that of the checkpoint keeps most right answers. */
  private static void assertSilent(String servers) throws Exception {
    String question = SampleKnowledgeBase.questions().get(0).question();
    CommandRun silent = run(servers, "ask", question, "--min-probability", "1", "--json");
    assertThat(silent.exitCode()).isEqualTo(ExitCode.NO_ANSWER);
    JsonNode result = JSON.readTree(silent.out()).path("result");
    assertThat(result.path("status").textValue()).isEqualTo("NO_ANSWER");
    assertThat(result.at("/withheld/text").textValue()).isNotEmpty();
    CommandRun open =
        succeeds(servers, "ask", question, "--min-probability", "0", "--max-no-answer-mass", "1");
    assertThat(open.out()).contains("Pharos", ", confidence 0.");
  }

  private void assertEvaluated(String servers, int questions) throws Exception {
    Path out = directory.resolve("evaluation");
    CommandRun evaluated =
        succeeds(servers, "evaluate", path("half.jsonl"), "--out", out.toString());
    assertThat(evaluated.out()).contains("confidence    ECE ");
    JsonNode report = JSON.readTree(out.resolve("report.json").toFile());
    assertThat(report.at("/reading/confidence/answers").intValue()).isEqualTo(questions);
    assertThat(Files.readString(out.resolve("report.html")))
        .contains("Reliability", "wrong answers", "nothing of the kind");
  }

  private static VersionEntry active(String servers) {
    return Objects.requireNonNull(new VersionLog(Connection.to(servers)).table().active());
  }

  /** 120 questions: each of the sample's twice. */
  private static List<String> questions(@Nullable List<String> answers) throws Exception {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      SampleKnowledgeBase.Question question = SampleKnowledgeBase.questions().get(i % 60);
      List<String> accepted = answers == null ? question.answers() : answers;
      rows.add(
          JSON.writeValueAsString(Map.of("question", question.question(), "answers", accepted)));
    }
    return rows;
  }

  private static String json(DocumentEdit edit) {
    return new String(Codecs.DOCUMENT_EDIT.encode(edit), StandardCharsets.UTF_8);
  }

  private String file(String name, List<String> lines) throws Exception {
    return Files.write(directory.resolve(name), lines).toString();
  }

  private String path(String name) {
    return directory.resolve(name).toString();
  }

  private static CommandRun succeeds(String servers, String... arguments) {
    CommandRun run = run(servers, arguments);
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.OK);
    return run;
  }

  private static CommandRun run(String servers, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--bootstrap-servers", servers));
    return CommandRun.of(all.toArray(String[]::new));
  }
}
