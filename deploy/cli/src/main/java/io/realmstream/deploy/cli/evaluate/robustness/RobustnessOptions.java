package io.realmstream.deploy.cli.evaluate.robustness;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.arguments.Range;
import io.realmstream.deploy.cli.console.Streams;
import io.realmstream.deploy.cli.evaluate.questions.GoldQuestion;
import io.realmstream.deploy.cli.evaluate.questions.QuestionFile;
import io.realmstream.deploy.cli.evaluate.report.RobustnessHtml;
import io.realmstream.deploy.cli.evaluate.report.RobustnessPage;
import io.realmstream.deploy.cli.evaluate.report.RobustnessReport;
import io.realmstream.deploy.cli.run.ForegroundRun;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.embedded.RunSettings;
import io.realmstream.deploy.embedded.cluster.ClusterSettings;
import io.realmstream.deploy.embedded.cluster.EmbeddedJob;
import io.realmstream.deploy.embedded.host.Folders;
import io.realmstream.deploy.json.Json;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What may be chosen about a robustness evaluation, which starts and removes a run of its own. */
public final class RobustnessOptions {
  private static final int QUESTIONS = 100;
  private static final int OTHERS = 2_000;

  @Option(
      names = "--robustness",
      description =
          "Instead: what noise, and evidence that is deleted, falsified or doubled by edits, do to"
              + " answers. In a run of its own in a temporary folder; the knowledge base is not"
              + " touched.")
  private boolean robustness;

  @Option(
      names = "--documents",
      paramLabel = "FILE",
      description =
          "For --robustness: rows {id, title, text}, each one passage; the rows of QUESTIONS name"
              + " their passage.")
  private @Nullable Path documents;

  @Option(
      names = "--questions-max",
      paramLabel = "COUNT",
      defaultValue = "" + QUESTIONS,
      description =
          "For --robustness: of more questions some are taken at random (default:"
              + " ${DEFAULT-VALUE}).")
  @Range(min = 1, max = 10_000)
  private int questionsMax = QUESTIONS;

  @Option(
      names = "--others-max",
      paramLabel = "COUNT",
      defaultValue = "" + OTHERS,
      description =
          "For --robustness: how many documents are loaded besides those of the questions"
              + " (default: ${DEFAULT-VALUE}).")
  @Range(min = 0, max = 1_000_000)
  private int othersMax = OTHERS;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "For --robustness: checkpoint of the run: e5 (default), minilm, bge.")
  private @Nullable String model;

  /** Whether it is asked for. */
  public boolean isWanted() {
    return robustness;
  }

  /**
   * Evaluates, and prints what was found.
   *
   * @param out folder for robustness.json and robustness.html; null = none
   * @param json whether to print the report as a line of JSON
   * @return the exit code
   */
  public int run(QuestionFile file, @Nullable Path out, boolean json, Streams streams)
      throws IOException {
    if (documents == null) {
      throw CommandFailure.usage("--robustness needs --documents");
    }
    if (model != null && !DefaultCheckpoints.NAMES.contains(model)) {
      throw CommandFailure.usage("--model must be one of " + DefaultCheckpoints.NAMES);
    }
    List<GoldQuestion> questions = GoldQuestion.read(file);
    GoldDocuments read = GoldDocuments.read(documents, streams.in(), othersMax);
    if (out != null) {
      Files.createDirectories(out);
    }
    Robustness evaluation = new Robustness(file, questions, read, streams);
    Path directory = Files.createTempDirectory("realm-robustness");
    try {
      RunSettings settings =
          new RunSettings(
              directory, 0, 0, null, ClusterSettings.defaultParallelism(), model, false);
      return ForegroundRun.execute(
          settings,
          EmbeddedJob::all,
          streams.err(),
          run -> {
            Connection connection = Connection.to(run.bootstrapServers());
            report(evaluation.run(connection, questionsMax), out, json, streams);
            return ExitCode.OK;
          });
    } finally {
      Folders.delete(directory);
    }
  }

  private static void report(
      RobustnessReport report, @Nullable Path out, boolean json, Streams streams)
      throws IOException {
    String line = Json.line(report);
    streams.out().println(json ? line : RobustnessPage.of(report));
    if (out != null) {
      Files.writeString(out.resolve("robustness.json"), line + "\n");
      Files.writeString(out.resolve("robustness.html"), RobustnessHtml.of(report));
    }
  }
}
