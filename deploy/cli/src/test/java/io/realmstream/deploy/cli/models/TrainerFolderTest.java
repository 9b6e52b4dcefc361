package io.realmstream.deploy.cli.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.deploy.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerFolderTest {
  private final Path folder;

  TrainerFolderTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void jarThatIsMissingIsNamedWithTheCommandThatFetchesIt() throws IOException {
    Files.writeString(folder.resolve("engine.jar"), "");
    Files.writeString(folder.resolve("native.jar"), "");
    assertThatThrownBy(() -> TrainerFolder.jars(folder))
        .isInstanceOf(CommandFailure.class)
        .hasMessage(
            "there is no %s; `realm model install trainer` fetches it"
                .formatted(folder.resolve("binding.jar")));

    Files.writeString(folder.resolve("binding.jar"), "");
    assertThat(TrainerFolder.jars(folder)).hasSize(3).allMatch(Files::isRegularFile);
  }
}
