package io.realmstream.deploy.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.monitoring.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What linters of others say, where they are installed. */
class LintersTest {
  @Test
  void scriptsPassShellcheck() throws Exception {
    List<Path> scripts = scripts();
    assertThat(scripts).contains(ShippedFiles.deploy("realm"));
    Tool.require("shellcheck", "Debian: apt install shellcheck");
    for (Path script : scripts) {
      Tool.run("shellcheck", script.toString());
    }
  }

  /** Its errors, which are those of the compose specification's schema; the rest is taste. */
  @Test
  void composeFilePassesItsLinter() throws Exception {
    Tool.require("dclint", "npm install --global dclint@3.1.0");
    Tool.run("dclint", "--quiet", ShippedFiles.deploy("compose/compose.yaml").toString());
  }

  @Test
  void dockerfilePassesItsLinter() throws Exception {
    Tool.require("dockerfile-utils", "npm install --global dockerfile-utils@0.16.3");
    Tool.run("dockerfile-utils", "lint", ShippedFiles.deploy("image/Dockerfile").toString());
  }

  /** Every file of bash or sh that ships. */
  private static List<Path> scripts() throws IOException {
    try (Stream<Path> files = Files.walk(ShippedFiles.deploy(""))) {
      return files
          .filter(file -> !file.toString().contains("/target/"))
          .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
          .filter(LintersTest::isShell)
          .sorted()
          .toList();
    }
  }

  private static boolean isShell(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.findFirst().orElse("").matches("#!.*\\b(ba)?sh");
    } catch (UncheckedIOException e) {
      return false; // no text
    } catch (IOException e) {
      throw new AssertionError(file.toString(), e);
    }
  }
}
