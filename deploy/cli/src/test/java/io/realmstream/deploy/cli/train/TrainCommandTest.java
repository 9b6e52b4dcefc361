package io.realmstream.deploy.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.cli.CommandRun;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.model.learning.gate.HeldOut;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.version.Pooling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The command on an encoder of random weights, and a document for each number. */
class TrainCommandTest {
  private static final int DOCUMENTS = 400;

  private final Path folder;
  private final Path documents;
  private final Path feedback;

  TrainCommandTest(@TempDir Path folder) {
    this.folder = folder;
    documents = folder.resolve("documents.jsonl");
    feedback = folder.resolve("feedback.jsonl");
  }

  @BeforeEach
  void write() throws IOException {
    List<String> rows = new ArrayList<>();
    List<String> asked = new ArrayList<>();
    for (int i = 0; i < DOCUMENTS; i++) {
      rows.add(
          "{\"id\": \"d%1$d\", \"text\": \"House %1$d has a red door and a garden.\"}"
              .formatted(i));
      asked.add(
          "{\"question\": \"who lives at %1$d\", \"answers\": [\"a door\"], \"passage\": \"d%1$d\"}"
              .formatted(i));
    }
    Files.write(documents, rows);
    Files.write(feedback, asked);
  }

  @Test
  void badFeedbackIsNamedInOneLine() throws IOException {
    refused("{\"question\": \"q\", \"answers\": [\"a\"]}", "question 1: names no passage");
    refused(
        "{\"question\": \"q\", \"passage\": \"sea\"}",
        "question 1: no passage of a document 'sea' was read");
    refused("{\"question\": \"q\", \"passage\": 1.5}", "question 1: passage: neither text nor");
    refused("{\"question\": \"q\"", "feedback.jsonl:1");
    refused("", "no question in " + feedback);
  }

  @Test
  void trainerThatIsNotInstalledIsNamed() throws IOException {
    CommandRun run = train("--dir", folder.toString());
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("`realm model install trainer`");

    Path trunk = TinyTrunk.write(folder);
    run = train("--dir", folder.toString(), "--trunk", trunk.toString());
    assertThat(run.err()).contains("engine.jar; `realm model install trainer` fetches it");
  }

  @Test
  @EnabledIfSystemProperty(named = "realm.trainer", matches = "true")
  void trainingThatHelpsWritesACheckpoint() throws Exception {
    CommandRun run = tiny("--steps", "300", "--learning-rate", "0.01");

    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(ExitCode.OK);
    assertThat(run.out()).contains("gate: may be published", "refreshed against frozen");
    var checkpoint =
        Codecs.RETRIEVER_CHECKPOINT.decode(
            Files.readAllBytes(folder.resolve("out/checkpoint.json")));
    assertThat(checkpoint.documentTower().trunk()).isEqualTo(checkpoint.queryTower().trunk());
    assertThat(checkpoint.documentTower().trunk().uri()).endsWith("-int8.onnx");
    assertThat(Files.readString(folder.resolve("out/report.json")))
        .contains("\"outcome\":\"PUBLISHED\"");
    long heldOut = 0;
    for (int i = 0; i < DOCUMENTS; i++) {
      heldOut += HeldOut.contains("d" + i) ? 1 : 0;
    }
    assertThat(run.out()).contains(DOCUMENTS - heldOut + " questions");
  }

  @Test
  @EnabledIfSystemProperty(named = "realm.trainer", matches = "true")
  void trainingThatDoesNotHelpIsRefusedAndLeavesNoCheckpoint() throws Exception {
    Files.createDirectories(folder.resolve("out"));
    Files.writeString(folder.resolve("out/checkpoint.json"), "that of an earlier run");
    CommandRun run = tiny("--steps", "1", "--learning-rate", "0", "--towers", "query");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.out()).contains("REFUSED, NO_GAIN");
    assertThat(folder.resolve("out/checkpoint.json")).doesNotExist();
    assertThat(Files.readString(folder.resolve("out/report.json")))
        .contains("\"towers\":\"QUERY\"");
  }

  private void refused(String row, String why) throws IOException {
    Files.writeString(feedback, row + "\n");
    CommandRun run = train("--dir", folder.toString());
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains(why);
  }

  private CommandRun tiny(String... arguments) throws IOException {
    Path trunk = TinyTrunk.write(folder);
    Path manifest = folder.resolve("tiny.json");
    Files.write(
        manifest, Codecs.RETRIEVER_CHECKPOINT.encode(TinyTrunk.checkpoint(trunk, Pooling.MEAN)));
    List<String> all = new ArrayList<>(List.of(arguments));
    Collections.addAll(all, "--trunk", trunk.toString(), "--checkpoint", manifest.toString());
    Collections.addAll(all, "--dir", Torch.RUN.toString());
    return train(all.toArray(String[]::new));
  }

  private CommandRun train(String... arguments) {
    List<String> all = new ArrayList<>(List.of("train", feedback.toString()));
    Collections.addAll(all, arguments);
    Collections.addAll(all, "--documents", documents.toString());
    Collections.addAll(all, "--trunks", folder.resolve("trunks").toString());
    Collections.addAll(all, "--models", folder.resolve("models").toString());
    Collections.addAll(all, "--out", folder.resolve("out").toString());
    return CommandRun.of(all.toArray(String[]::new));
  }
}
