package io.realmstream.deploy.cli.models;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.console.Streams;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;

/**
 * A file that Maven fetches, from its own repository where it is there already.
 *
 * @param coordinates group:artifact:version, or group:artifact:version:jar:classifier
 * @param sha256 of the file
 */
record MavenArtifact(String coordinates, String sha256) {
  private static final String COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy";

  /**
   * Makes the file.
   *
   * @param given files of which one is taken instead of a download, if there are any
   * @throws CommandFailure with what Maven said, or if the file is another one
   */
  void put(Path file, List<Path> given, Streams streams) throws IOException, InterruptedException {
    for (Path each : given) {
      if (isThis(each)) {
        Files.copy(each, file);
        return;
      }
    }
    if (!given.isEmpty()) {
      String names = String.join(", ", given.stream().map(Path::toString).toList());
      throw CommandFailure.failed(names + " is not " + coordinates + ": its digest differs");
    }
    streams.err().println("fetching " + coordinates);
    Path folder = Files.createDirectory(file.resolveSibling("maven"));
    Path fetched = fetch(folder);
    if (!isThis(fetched)) {
      throw CommandFailure.failed(
          "what Maven fetched is not %s: its digest differs".formatted(coordinates));
    }
    Files.move(fetched, file);
    FileUtils.deleteDirectory(folder.toFile());
  }

  /**
   * Fetches it into an empty folder.
   *
   * @throws CommandFailure FAILED with what Maven said when there is none
   */
  Path fetch(Path folder) throws IOException, InterruptedException {
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

  private boolean isThis(Path file) throws IOException {
    return PartFile.sha256(file).equals(sha256);
  }

  private static String firstError(Path said) throws IOException {
    try (Stream<String> lines = Files.lines(said, StandardCharsets.UTF_8)) {
      return lines.filter(line -> line.startsWith("[ERROR]")).findFirst().orElse("no reason given");
    }
  }
}
