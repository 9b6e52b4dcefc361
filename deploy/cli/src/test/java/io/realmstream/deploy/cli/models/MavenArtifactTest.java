package io.realmstream.deploy.cli.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.deploy.cli.CommandFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MavenArtifactTest {
  private final Path folder;

  MavenArtifactTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void artifactIsFetchedIntoTheFolder() throws Exception {
    Path jar = new MavenArtifact("org.jspecify:jspecify:1.0.0", "").fetch(folder);

    assertThat(jar).hasParent(folder).hasFileName("jspecify-1.0.0.jar");
    assertThat(Files.size(jar)).isPositive();
  }

  /** As where Maven reaches no repository: what it said is passed on, and the way out named. */
  @Test
  void artifactThatCannotBeFetchedIsNamed() {
    assertThatThrownBy(() -> new MavenArtifact("io.realmstream.none:none:0", "").fetch(folder))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("Maven could not fetch io.realmstream.none:none:0; --jar takes")
        .hasMessageContaining("[ERROR]");
  }
}
