package io.realmstream.deploy.cli.models;

import io.realmstream.deploy.cli.CommandFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A file that Maven fetches, from its own repository where it is there already. */
final class MavenArtifact {
  private static final String COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy";

  private MavenArtifact() {}

  /**
   * Fetches an artifact into an empty folder.
   *
   * @param coordinates group:artifact:version
   * @return the file; throws {@link CommandFailure} FAILED with what Maven said when there is none
   */
  static Path fetch(String coordinates, Path folder) throws IOException, InterruptedException {
    Path said = folder.resolve("maven.txt");
    Process maven;
    try {
      maven =
          new ProcessBuilder(
                  List.of(
                      "mvn",
                      "-B",
                      "-ntp",
                      "-q",
                      COPY,
                      "-Dartifact=" + coordinates,
                      "-DoutputDirectory=" + folder))
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
    } catch (IOException e) {
      throw CommandFailure.failed(
          "mvn cannot be run; --jar takes a file instead: " + e.getMessage());
    }
    if (maven.waitFor() != 0) {
      throw CommandFailure.failed(
          "Maven could not fetch %s; --jar takes a file instead: %s"
              .formatted(coordinates, firstError(said)));
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".jar"))
          .findFirst()
          .orElseThrow(() -> CommandFailure.failed("Maven fetched nothing for " + coordinates));
    }
  }

  private static String firstError(Path said) throws IOException {
    try (Stream<String> lines = Files.lines(said, StandardCharsets.UTF_8)) {
      return lines.filter(line -> line.startsWith("[ERROR]")).findFirst().orElse("no reason given");
    }
  }
}
