package io.realmstream.deploy.cli.run;

import io.realmstream.deploy.cli.Realm;
import io.realmstream.deploy.embedded.JavaProcess;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The {@code realm} command as processes of their own, all in one folder. */
final class RealmCommands {
  private final Path directory;

  /**
   * @param directory working folder; the embedded run's folder is {@code run} in it
   */
  RealmCommands(Path directory) {
    this.directory = directory;
  }

  /** Folder of the embedded run. */
  Path run() {
    return directory.resolve("run");
  }

  /** What a command left behind. */
  record End(int exitCode, String out, String err) {}

  End execute(List<String> arguments) throws IOException, InterruptedException {
    Path out = Files.createTempFile(directory, "out", ".txt");
    Path err = Files.createTempFile(directory, "err", ".txt");
    int exitCode = builder(arguments, out, err).start().waitFor();
    return new End(exitCode, Files.readString(out), Files.readString(err));
  }

  End execute(String... arguments) throws IOException, InterruptedException {
    return execute(List.of(arguments));
  }

  private ProcessBuilder builder(List<String> arguments, Path out, Path err) {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.add("-Xmx1500m");
    command.addAll(JavaProcess.SHORT_LIVED);
    // this class path has the logging configurations of Flink's own tests
    command.add("-Dlog4j2.configurationFile=classpath:log4j2.xml");
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-"))
        .forEach(command::add);
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(Realm.class.getName());
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("REALM_DIR", run().toString());
    return builder;
  }
}
