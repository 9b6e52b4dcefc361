package io.realmstream.deploy.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.cli.Realm;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;

/** A `realm up` in a process of its own, which a test may kill, and the commands to talk to it. */
public final class RealmProcess implements AutoCloseable {
  private final Path directory;
  private final JavaProcess process;

  private RealmProcess(Path directory, JavaProcess process) {
    this.directory = directory;
    this.process = process;
  }

  /** Starts on free ports and returns when both jobs run. */
  static RealmProcess up(Path directory, int parallelism, String... options) throws IOException {
    List<String> all = new ArrayList<>(List.of("--kafka-port=0", "--model=minilm"));
    all.add("--parallelism=" + parallelism);
    all.addAll(List.of(options));
    RealmProcess realm = start(directory, all.toArray(String[]::new));
    realm.awaitReady();
    return realm;
  }

  /** Starts, with its dashboard on a free port, and does not wait. */
  public static RealmProcess start(Path directory, String... options) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("up", "--dir", directory.toString()));
    arguments.add("--dashboard-port=0");
    arguments.addAll(List.of(options));
    return new RealmProcess(
        directory, JavaProcess.start(Realm.class, arguments.toArray(String[]::new)));
  }

  /** Waits until both jobs run. */
  public void awaitReady() throws IOException {
    while (!process.readLine().startsWith("Dashboard")) {
      // the addresses are printed when it is ready
    }
  }

  /** Runs a command against it in this process; returns its standard output. */
  String run(int exitCode, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = execute(out, err, arguments);
    assertThat(code).as("%s: %s", List.of(arguments), err).isEqualTo(exitCode);
    return out.toString();
  }

  /** Runs a command that fails in this process; returns what it says on standard error. */
  String error(int exitCode, String... arguments) {
    StringWriter err = new StringWriter();
    assertThat(execute(new StringWriter(), err, arguments)).isEqualTo(exitCode);
    return err.toString();
  }

  /** The JSON of an answer, whatever it says. */
  String ask(String question) {
    StringWriter out = new StringWriter();
    execute(out, new StringWriter(), "ask", question, "--json");
    return out.toString();
  }

  private int execute(StringWriter out, StringWriter err, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--dir=" + directory);
    CommandLine realm =
        Realm.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return realm.execute(all.toArray(String[]::new));
  }

  /** The canonical `result` of each question's answer, byte for byte as it was received. */
  Map<String, String> results(Path questions, String... options) throws IOException {
    Path answers = Files.createTempFile(directory, "answers", ".jsonl");
    List<String> arguments = new ArrayList<>(List.of("ask", "--file=" + questions));
    arguments.addAll(List.of("--out=" + answers, "--timeout=60"));
    arguments.addAll(List.of(options));
    run(0, arguments.toArray(String[]::new));
    Map<String, String> results = new TreeMap<>();
    for (String line : Files.readAllLines(answers)) {
      int question = line.indexOf("\"question\"");
      int result = line.indexOf("\"result\":");
      results.put(
          line.substring(question, line.indexOf("\"answer\"", question)),
          line.substring(result, line.lastIndexOf(",\"run\":")));
    }
    return results;
  }

  long pid() {
    return process.pid();
  }

  /** Ends it as {@code kill -9} does. */
  public void kill() throws InterruptedException {
    process.kill();
  }

  @Override
  public void close() {
    process.close();
  }
}
