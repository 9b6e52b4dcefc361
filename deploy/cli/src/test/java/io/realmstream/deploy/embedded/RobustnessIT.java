package io.realmstream.deploy.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.realmstream.deploy.cli.CommandRun;
import io.realmstream.deploy.cli.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code realm evaluate --robustness} on documents that each state one number. */
@Timeout(900)
class RobustnessIT {
  private static final JsonMapper JSON = new JsonMapper();
  private static final List<String> NAMES =
      List.of(
          "Ada", "Ben", "Cleo", "Dora", "Emil", "Fay", "Gus", "Hana", "Ivo", "Jana", "Karl", "Lena",
          "Mats", "Nina", "Otto", "Pia", "Quin", "Rosa", "Sven", "Tilda", "Udo", "Vera", "Wim",
          "Xenia");
  private static final int QUESTIONS = 5;

  @Test
  void abilitiesAreMeasuredInARunThatIsGoneAfterwards(@TempDir Path directory) throws Exception {
    List<String> documents = new ArrayList<>();
    List<String> questions = new ArrayList<>();
    for (int i = 0; i < NAMES.size(); i++) {
      String name = NAMES.get(i);
      String text = "%s lives by the sea. %s keeps %d goats.".formatted(name, name, 11 + 3 * i);
      documents.add(json(Map.of("id", name, "title", name, "text", text)));
      if (i < QUESTIONS) {
        String question = "how many goats does " + name + " keep?";
        List<String> answers = List.of(Integer.toString(11 + 3 * i));
        questions.add(json(Map.of("question", question, "answers", answers, "passage", name)));
      }
    }
    Path asked = Files.write(directory.resolve("questions.jsonl"), questions);
    Path loaded = Files.write(directory.resolve("documents.jsonl"), documents);
    Path out = directory.resolve("out");
    long before = scratchRuns();

    CommandRun run =
        CommandRun.of(
            "evaluate",
            asked.toString(),
            "--robustness",
            "--documents",
            loaded.toString(),
            "--model",
            "minilm",
            "--out",
            out.toString());

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.OK);
    JsonNode report = JSON.readTree(out.resolve("robustness.json").toFile());
    assertThat(report.path("questions").intValue()).isEqualTo(QUESTIONS);
    assertThat(report.path("documents").intValue()).isEqualTo(NAMES.size());
    assertThat(report.path("noise")).hasSize(6);
    assertThat(report.at("/noise/0/exactMatch").doubleValue()).isEqualTo(1);
    JsonNode counterfactual = report.path("counterfactual");
    assertThat(counterfactual.path("questions").intValue()).isPositive();
    assertThat(counterfactual.path("follows").doubleValue()).isGreaterThan(0.5);
    assertThat(counterfactual.path("quotedDeleted").intValue()).isZero();
    assertThat(report.at("/rejection/quotedDeleted").intValue()).isZero();
    assertThat(report.at("/rejection/massUnanswerable").doubleValue())
        .isGreaterThan(report.at("/rejection/massAnswerable").doubleValue());
    assertThat(report.at("/integration/questions").intValue()).isEqualTo(QUESTIONS);
    assertThat(report.at("/integration/aboveEither").doubleValue()).isGreaterThan(0.5);
    assertThat(run.out()).contains("counterfactual  follows the edit");
    assertThat(Files.readString(out.resolve("robustness.html"))).contains("Robustness: ", "HARD");
    assertThat(scratchRuns()).isEqualTo(before);
  }

  private static String json(Map<String, Object> row) throws Exception {
    return JSON.writeValueAsString(row);
  }

  private static long scratchRuns() throws Exception {
    try (var folder = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return folder.filter(file -> file.toString().contains("realm-robustness")).count();
    }
  }
}
