package io.realmstream.deploy.processes;

import io.realmstream.deploy.embedded.host.StartException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts processes with the script, so that they outlive this one, and waits for them. */
final class ProcessStart {
  /** A busy machine may take minutes; a process that ends is noticed at once. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

  /** What the JVM and the script say; the log has a file of its own. */
  private static final String UNLOGGED = "jvm.log";

  private final Path directory;
  private final Path conf;
  private final Path lib;

  /** Whether something has come. */
  @FunctionalInterface
  interface Condition {
    boolean holds() throws StartException, InterruptedException;
  }

  /**
   * @param directory of the cluster
   * @param conf has the script and the configuration
   * @param lib has the jars
   */
  ProcessStart(Path directory, Path conf, Path lib) {
    this.directory = directory;
    this.conf = conf;
    this.lib = lib;
  }

  /** Starts one and does not wait. */
  ClusterProcess start(String name, Role role, String... arguments) throws IOException {
    Path folder = new ClusterProcess(name, role, 0, directory.toString()).folder();
    Files.createDirectories(folder);
    List<String> command = new ArrayList<>();
    // the end of the terminal must not end it
    command.addAll(List.of("nohup", "bash", conf.resolve(ProcessFiles.SCRIPT).toString()));
    command.add(role.word());
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(UNLOGGED).toFile())
            .redirectInput(Path.of("/dev/null").toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "REALM_CONF_DIR", conf.toString(),
                "REALM_LIB_DIR", lib.toString(),
                "REALM_LOG_DIR", folder.toString(),
                "JAVA_HOME", System.getProperty("java.home")));
    return new ClusterProcess(name, role, builder.start().pid(), directory.toString());
  }

  /**
   * Waits for what a process brings.
   *
   * @throws StartException if the process ends before, or it takes too long
   */
  static void await(ClusterProcess process, Condition ready)
      throws StartException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!ready.holds()) {
      if (!ProcessHandle.of(process.pid()).map(ProcessHandle::isAlive).orElse(false)) {
        throw new StartException(
            "%s ended: %s; see %s".formatted(process.name(), lastWords(process), process.folder()));
      }
      if (System.nanoTime() > end) {
        throw new StartException(
            "%s was not ready within %d s; see %s"
                .formatted(process.name(), PATIENCE.toSeconds(), process.folder()));
      }
      Thread.sleep(POLL_INTERVAL.toMillis());
    }
  }

  /** The last error of its log, else the last line that it said. */
  static String lastWords(ClusterProcess process) {
    String words = "it said nothing";
    for (String line : lines(process.folder().resolve(UNLOGGED))) {
      words = line.isBlank() ? words : line.strip();
    }
    for (String line : lines(process.log())) {
      words = line.matches("[-\\d]+ [:,\\d]+ (ERROR|FATAL) .*") ? line : words;
    }
    return words;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.exists(file)
          ? Files.readString(file, StandardCharsets.UTF_8).lines().toList()
          : List.of();
    } catch (IOException unreadable) {
      return List.of();
    }
  }
}
