package io.realmstream.deploy.cli.run;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.Realm;
import io.realmstream.deploy.embedded.EmbeddedRun;
import io.realmstream.deploy.embedded.host.RunFile;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** {@code realm up} as a process that outlives the one which started it. */
final class DetachedRun {
  private static final long POLL_MS = 200;

  private DetachedRun() {}

  /** Where it writes: log4j2.xml bounds the files. What the JVM itself says stands beside it. */
  static Path log(RunOptions options) {
    return RunLog.current(options.directory());
  }

  /**
   * Starts it and waits until it is ready.
   *
   * @throws CommandFailure FAILED with the reason that it gave, when it ended instead
   */
  static RunFile start(RunOptions options) throws IOException, InterruptedException {
    OptionalLong holder = EmbeddedRun.process(options.directory());
    if (holder.isPresent()) {
      // its log must not be touched
      throw CommandFailure.failed(
          "cannot start: %s is in use by process %d; stop it with `realm down`"
              .formatted(options.directory(), holder.getAsLong()));
    }
    Path log = freshLog(options);
    Path unlogged = log.resolveSibling("jvm.log");
    Process process =
        new ProcessBuilder(command(options))
            .redirectErrorStream(true)
            .redirectOutput(unlogged.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .start();
    while (!process.waitFor(POLL_MS, TimeUnit.MILLISECONDS)) {
      Optional<RunFile> ready = RunFile.read(options.directory());
      if (ready.isPresent() && ready.get().pid() == process.pid()) {
        return ready.get();
      }
    }
    throw CommandFailure.failed(reason(log, unlogged));
  }

  /** The log of the run before stays, since it may tell why that one ended. */
  private static Path freshLog(RunOptions options) throws IOException {
    Path log = log(options);
    Files.createDirectories(log.getParent());
    if (Files.exists(log)) {
      Files.move(log, RunLog.previous(options.directory()), StandardCopyOption.REPLACE_EXISTING);
    }
    return log;
  }

  private static List<String> command(RunOptions options) {
    List<String> command = new ArrayList<>();
    // the end of the terminal must not end it
    command.add("nohup");
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(logging(log(options)));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Realm.class.getName()));
    command.add("up");
    command.addAll(options.arguments());
    return command;
  }

  /** What log4j2.xml asks for. In the pattern of older files, log4j takes % and ${ for its own. */
  static List<String> logging(Path log) {
    String literal = log.toString().replace("%", "%%").replace("${", "$${");
    String pattern = literal.replaceFirst("\\.log$", ".%i.log");
    return List.of("-D" + Realm.LOG_FILE + "=" + log, "-Drealm.log.pattern=" + pattern);
  }

  /** The command's own last words, which begin with its name; else the last line of all. */
  private static String reason(Path log, Path unlogged) throws IOException {
    List<String> lines = new ArrayList<>(lines(unlogged));
    lines.addAll(lines(log));
    String prefix = "realm: ";
    for (int i = lines.size() - 1; i >= 0; i--) {
      int start = lines.get(i).indexOf(prefix);
      if (start >= 0) {
        return lines.get(i).substring(start + prefix.length());
      }
    }
    return lines.isEmpty()
        ? "it ended without a word"
        : "it ended; the last line of " + log.getParent() + ": " + lines.get(lines.size() - 1);
  }

  private static List<String> lines(Path file) throws IOException {
    return Files.exists(file)
        ? Files.readString(file, StandardCharsets.UTF_8).lines().filter(l -> !l.isBlank()).toList()
        : List.of();
  }
}
