package io.realmstream.deploy.monitoring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program of others, as distributions package it. Where there is none the tests are skipped,
 * unless {@code -Drealm.tools.required=true}.
 */
public final class Tool {
  private Tool() {}

  /** Skips the test, or fails it, where there is no such program of Prometheus. */
  public static void require(String program) throws InterruptedException {
    require(program, "Debian: apt install prometheus");
  }

  /**
   * Skips the test, or fails it, where there is no such program.
   *
   * @param where it comes from, for the person who reads that it is missing
   */
  public static void require(String program, String where) throws InterruptedException {
    boolean found;
    try {
      Process version = new ProcessBuilder(program, "--version").redirectErrorStream(true).start();
      version.getInputStream().readAllBytes();
      found = version.waitFor() == 0;
    } catch (IOException e) {
      found = false;
    }
    String missing = "%s is not installed (%s)".formatted(program, where);
    if (Boolean.getBoolean("realm.tools.required")) {
      assertThat(found).as(missing).isTrue();
    }
    assumeThat(found).as(missing).isTrue();
  }

  /** Runs it in the folder of the rules; it must succeed. Returns what it said. */
  public static String run(String program, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of(arguments));
    Path folder = MonitoringFiles.monitoring("");
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as("%s: %s", command, said).isZero();
    return said;
  }
}
