package io.realmstream.deploy.cli.run;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.Realm;
import io.realmstream.deploy.embedded.EmbeddedRun;
import io.realmstream.deploy.embedded.RunSettings;
import io.realmstream.deploy.embedded.cluster.ClusterSettings;
import io.realmstream.deploy.embedded.host.Folders;
import io.realmstream.deploy.sample.SampleKnowledgeBase;
import io.realmstream.deploy.sample.SampleKnowledgeBase.Demo;
import io.realmstream.deploy.sample.SampleKnowledgeBase.Question;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.json.Codecs;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows what the project is about with the commands that anybody would type. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Runs everything in a temporary folder on free ports, loads a small knowledge base, asks"
          + " three",
      "questions, edits a fact, and asks again."
    })
public final class DemoCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
  private CommandSpec spec;

  @Option(names = "--model", paramLabel = "NAME", description = "Checkpoint: e5 (default), minilm.")
  private @Nullable String model;

  @Override
  public Integer call() throws IOException {
    if (model != null && !DefaultCheckpoints.NAMES.contains(model)) {
      throw new ParameterException(
          spec.commandLine(), "--model must be one of " + DefaultCheckpoints.NAMES);
    }
    Path directory = Files.createTempDirectory("realm-demo");
    try {
      RunSettings settings =
          new RunSettings(
              directory, 0, 0, null, ClusterSettings.defaultParallelism(), model, false);
      return ForegroundRun.execute(
          settings, spec.commandLine().getErr(), run -> show(run, directory));
    } finally {
      Folders.delete(directory);
    }
  }

  private int show(EmbeddedRun run, Path directory) throws IOException {
    Demo demo = SampleKnowledgeBase.demo();
    say("Flink's dashboard, as long as this runs: " + run.dashboard());
    load(run, write(directory.resolve("articles.jsonl"), SampleKnowledgeBase.documents()));
    for (Question question : demo.questions()) {
      require(question.answers(), ask(run, question.question()));
    }
    say("Now a fact changes: a new revision of " + demo.edit().id() + ".");
    load(run, write(directory.resolve("edit.jsonl"), List.of(demo.edit())));
    require(demo.changed().after(), ask(run, demo.changed().question()));
    say(
        "The answer changed from %s to %s."
            .formatted(demo.changed().before().get(0), demo.changed().after().get(0)));
    return ExitCode.OK;
  }

  private void load(EmbeddedRun run, Path file) {
    execute(run, "load", "--wait", file.toString());
  }

  /** Returns the first line of the answer. */
  private String ask(EmbeddedRun run, String question) {
    return execute(run, "ask", question).lines().findFirst().orElse("");
  }

  private String execute(EmbeddedRun run, String command, String... arguments) {
    say("$ realm " + command + " " + quoted(arguments));
    StringWriter output = new StringWriter();
    CommandLine commandLine =
        Realm.commandLine()
            .setOut(new PrintWriter(output, true))
            .setErr(spec.commandLine().getErr());
    String[] all = new String[arguments.length + 3];
    all[0] = command;
    all[1] = "--bootstrap-servers";
    all[2] = run.bootstrapServers();
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    int exitCode = commandLine.execute(all);
    spec.commandLine().getOut().print(output);
    spec.commandLine().getOut().flush();
    if (exitCode != ExitCode.OK) {
      throw new CommandFailure(exitCode, "`realm " + command + "` failed");
    }
    return output.toString();
  }

  private static void require(List<String> answers, String headline) {
    if (answers.stream().noneMatch(headline::contains)) {
      throw CommandFailure.failed("expected the answer " + answers + " instead of " + headline);
    }
  }

  private void say(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println();
    out.println(line);
    out.flush();
  }

  /** As a shell would take them. */
  private static String quoted(String... arguments) {
    return Stream.of(arguments)
        .map(argument -> argument.contains(" ") ? '"' + argument + '"' : argument)
        .collect(Collectors.joining(" "));
  }

  private static Path write(Path file, List<DocumentEdit> edits) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      for (DocumentEdit edit : edits) {
        out.write(Codecs.DOCUMENT_EDIT.encode(edit));
        out.write('\n');
      }
    }
    return file;
  }
}
