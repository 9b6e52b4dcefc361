package io.realmstream.deploy.cli.wikipedia;

import io.realmstream.deploy.cli.Realm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The realm command as a process of its own, which can be killed. */
record CommandProcess(Process process, Path output) implements AutoCloseable {
  /**
   * Starts it.
   *
   * @param output takes all that it prints
   */
  static CommandProcess start(Path output, String... arguments) throws IOException {
    return start(output, List.of("-Xmx512m"), arguments);
  }

  /**
   * Starts it.
   *
   * @param flags of the JVM
   */
  static CommandProcess start(Path output, List<String> flags, String... arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java")));
    command.addAll(flags);
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Realm.class.getName()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
            .start();
    return new CommandProcess(process, output);
  }

  /** As {@code kill -9} does. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  String printed() throws IOException {
    return Files.readString(output);
  }

  @Override
  public void close() {
    kill();
  }
}
