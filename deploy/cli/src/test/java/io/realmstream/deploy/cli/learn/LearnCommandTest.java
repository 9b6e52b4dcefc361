package io.realmstream.deploy.cli.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.cli.CommandRun;
import io.realmstream.deploy.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both commands with the encoder that ships, on a corpus of a few short documents. */
class LearnCommandTest {
  private static final List<String> TOWNS =
      List.of("Aldby", "Brent", "Corse", "Dunmore", "Eskdale", "Farley", "Gorst", "Hamble");

  private final Path folder;
  private final Path documents;
  private final Path questions;

  LearnCommandTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    documents = folder.resolve("documents.jsonl");
    questions = folder.resolve("questions.jsonl");
    List<String> rows = new ArrayList<>();
    List<String> asked = new ArrayList<>();
    for (String town : TOWNS) {
      rows.add(
          """
          {"id": "%1$s", "title": "%1$s", "text": "%1$s is a town on the coast with a harbour. \
          Most people in %1$s have worked in the harbour or on ships."}"""
              .formatted(town));
      asked.add(
          "{\"question\": \"what is %s\", \"answers\": [\"a town\"], \"passage\": \"%s\"}"
              .formatted(town, town));
    }
    Files.write(documents, rows);
    Files.write(questions, asked);
  }

  @Test
  void experimentPrintsItsCurvesAndWritesAPageWithoutNetwork() throws IOException {
    CommandRun run =
        learn("experiment", "cold", "--steps", "4", "--every", "2", "--seeds", "1", "--batch", "4");

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.OK);
    assertThat(run.out())
        .contains("arm frozen, seed 0", "arm 10, seed 0", "arm never, seed 0")
        .contains("REFUSED, TOO_FEW");
    String page = Files.readString(folder.resolve("out/report.html"));
    assertThat(page.split("data:image/png;base64,", -1)).as("charts").hasSize(3);
    assertThat(page.replaceAll("src=\"data:[^\"]*\"", "")).doesNotContain(" src=\"", "http:");
    assertThat(Files.readString(folder.resolve("out/report.json"))).contains("\"start\":\"COLD\"");
  }

  @Test
  void spectralNeedsAsManyPassagesAsDirections() {
    CommandRun run = learn("spectral");
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("8 passages are too few for 384 directions");
    assertThat(folder.resolve("out/checkpoint.json")).doesNotExist();
  }

  @Test
  void refusedRunLeavesTheHeadOfAnEarlierOneAndNoManifest() throws IOException {
    List<String> rows = new ArrayList<>(Files.readAllLines(documents));
    for (int ship = 0; ship < 380; ship++) {
      rows.add("{\"id\": \"%1$d\", \"text\": \"Ship %1$d was built.\"}".formatted(ship));
    }
    Files.write(documents, rows);
    learn("spectral", "--exponent", "0.1");
    Path first = heads().get(0);
    byte[] bytes = Files.readAllBytes(first);
    Files.writeString(folder.resolve("out/checkpoint.json"), "that of a run that was published");

    CommandRun second = learn("spectral", "--exponent", "0");

    assertThat(second.exitCode()).as(second.err()).isEqualTo(ExitCode.FAILED);
    assertThat(second.out()).contains("REFUSED, TOO_FEW");
    assertThat(first).hasBinaryContent(bytes);
    assertThat(heads()).hasSize(2);
    assertThat(folder.resolve("out/checkpoint.json")).doesNotExist();
  }

  @Test
  void badInputIsNamedBeforeAnythingIsEmbedded() throws IOException {
    assertThat(learn("experiment", "cold", "--arms", "often").err()).contains("not 'often'");
    Files.writeString(documents, "{\"id\": \"a\"}\n");
    assertThat(learn("experiment", "cold").err()).contains("documents.jsonl:1", "text: missing");
    Files.writeString(documents, "{\"id\": \"a\", \"text\": \"Other.\"}\n");
    assertThat(learn("experiment", "cold").err())
        .contains("no question names a document that was read");
  }

  private List<Path> heads() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("out"))) {
      return files.filter(each -> each.toString().endsWith(".onnx")).toList();
    }
  }

  private CommandRun learn(String... arguments) {
    List<String> all = new ArrayList<>(List.of("learn"));
    Collections.addAll(all, arguments);
    Collections.addAll(all, "--checkpoint", "minilm");
    Collections.addAll(all, "--documents", documents.toString());
    Collections.addAll(all, "--questions", questions.toString());
    Collections.addAll(all, "--trunks", folder.resolve("trunks").toString());
    Collections.addAll(all, "--out", folder.resolve("out").toString());
    return CommandRun.of(all.toArray(String[]::new));
  }
}
