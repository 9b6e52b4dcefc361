package io.realmstream.deploy.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A child process that runs a main class on this test's class path. */
public final class JavaProcess implements AutoCloseable {
  /** Half of the CPU of a short run is the compiler's: the quick one will do. */
  public static final List<String> SHORT_LIVED =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private final Process process;
  private final BufferedReader output;

  private JavaProcess(Process process) {
    this.process = process;
    this.output = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Its standard output must be read, or be little; its standard error is this process's. */
  public static JavaProcess start(Class<?> main, String... arguments) throws IOException {
    return start(List.of(), main, arguments);
  }

  /** The same with flags of the JVM. */
  public static JavaProcess start(List<String> flags, Class<?> main, String... arguments)
      throws IOException {
    List<String> command = command(main, arguments);
    command.addAll(1, flags);
    return new JavaProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** One whose output goes to a file, logs included: all that a level of INFO says. */
  public static JavaProcess startLogging(Path log, Class<?> main, String... arguments)
      throws IOException {
    Path settings = log.resolveSibling(log.getFileName() + ".xml");
    Files.writeString(
        settings,
        """
        <Configuration>
          <Appenders><Console name="c"><PatternLayout pattern="%p %c %m%n%ex"/></Console></Appenders>
          <Loggers><Root level="INFO"><AppenderRef ref="c"/></Root></Loggers>
        </Configuration>
        """);
    ProcessBuilder builder = new ProcessBuilder(command(main, arguments));
    builder.environment().put("LOG4J_CONFIGURATION_FILE", settings.toString());
    return new JavaProcess(builder.redirectErrorStream(true).redirectOutput(log.toFile()).start());
  }

  /** What runs a main class on this test's class path. */
  public static List<String> command(Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(SHORT_LIVED);
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-"))
        .forEach(command::add);
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return command;
  }

  /** Waits for the next line of its standard output. */
  public String readLine() throws IOException {
    String line = output.readLine();
    if (line == null) {
      throw new IOException("the child process ended");
    }
    return line;
  }

  /** Kills it as {@code kill -9} does and waits until it is gone. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  public long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
