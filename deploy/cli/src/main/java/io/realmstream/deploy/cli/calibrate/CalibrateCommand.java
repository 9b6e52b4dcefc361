package io.realmstream.deploy.cli.calibrate;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.arguments.KafkaOptions;
import io.realmstream.deploy.cli.arguments.Range;
import io.realmstream.deploy.cli.console.Progress;
import io.realmstream.deploy.cli.console.Streams;
import io.realmstream.deploy.cli.evaluate.questions.QuestionFile;
import io.realmstream.deploy.cli.input.LineFile;
import io.realmstream.deploy.client.AnswerClient;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.VersionLog;
import io.realmstream.deploy.json.Json;
import io.realmstream.model.calibration.CalibrationFit;
import io.realmstream.model.calibration.ThresholdRule;
import io.realmstream.model.marginal.Scaling;
import io.realmstream.model.marginal.ScoredQuestion;
import io.realmstream.model.version.VersionEntry;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.query.QueryScope;
import io.realmstream.schemas.version.Calibration;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code realm calibrate}: fits a checkpoint's calibration on questions whose answers are known.
 */
@Command(
    name = "calibrate",
    description = {
      "Fit how sure answers are, and when there is none.",
      "Rows of QUESTIONS are those of `realm evaluate`, of questions that are kept for this. Their"
          + " passages are found by the version in force and read here. Fitted are score scale and"
          + " reader temperature, then the thresholds below which an answer is withheld, and the"
          + " curve from r = p / (1 - no-answer mass) of an answer to its confidence: of answers"
          + " with a confidence of 0.8, 8 in 10 are right. What that is worth is told of questions held out: each fifth is"
          + " judged by a fit on the others.%n",
      "before, of p; fitted and held out, of the confidence:",
      "ECE       expected calibration error, of ten bins",
      "log loss  minus the mean log-likelihood of right and wrong, in nats",
      "AUC       how often a right answer is more probable than a wrong one",
      "AURC      mean risk over all coverages: share of wrong answers among the most probable%n"
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example: realm calibrate development.jsonl --out calibrated.json && realm publish-checkpoint"
          + " calibrated.json"
    })
public final class CalibrateCommand implements Callable<Integer> {
  private static final int K = 5;
  private static final int QUESTIONS = 1_000;
  private static final int IN_FLIGHT = 16;
  private static final int SEED = 1;

  @Mixin private final KafkaOptions kafka = new KafkaOptions();
  @Mixin private final Streams streams = new Streams();

  @Parameters(
      paramLabel = "QUESTIONS",
      description = "JSON lines; .gz and .bz2 as well; - = stdin.")
  private Path file = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "MANIFEST",
      defaultValue = "calibrated.json",
      description = "Where the calibrated checkpoint goes (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("");

  @Option(
      names = "--k",
      paramLabel = "COUNT",
      defaultValue = "" + K,
      description =
          "From how many passages questions will be answered (default: ${DEFAULT-VALUE}).")
  @Range(min = 1, max = QueryScope.K_MAX)
  private int k = K;

  @Option(
      names = "--by",
      paramLabel = "RULE",
      defaultValue = "BOTH",
      description =
          "By what answers are withheld: mass, the no-answer mass; probability, p; both; none"
              + " (default: both).")
  private ThresholdRule rule = ThresholdRule.BOTH;

  @Option(
      names = "--keep",
      paramLabel = "PERCENT",
      defaultValue = "95",
      description =
          "How many of the right answers the thresholds keep at least (default: ${DEFAULT-VALUE}).")
  @Range(min = 1, max = 100)
  private double keep = 95;

  @Option(
      names = "--questions-max",
      paramLabel = "COUNT",
      defaultValue = "" + QUESTIONS,
      description = "Of more questions some are taken at random (default: ${DEFAULT-VALUE}).")
  @Range(min = CalibrationFit.QUESTIONS_MIN, max = 100_000)
  private int questionsMax = QUESTIONS;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "The queries' deadline (default: ${DEFAULT-VALUE}).")
  @Range(min = 1, max = Range.SECONDS_MAX)
  private long timeoutSeconds = 60;

  @Option(
      names = "--models",
      paramLabel = "DIR",
      description = "Folder of verified model files (default: ${DEFAULT-VALUE}).")
  private Path models = Path.of(System.getProperty("java.io.tmpdir"), "realmstream-models");

  @Option(names = "--json", description = "Print the report as one line of JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    QuestionFile questions = QuestionFile.read(file, streams);
    prepare();
    Connection connection = kafka.connect();
    connection.require(connection.topics().indexVersions());
    VersionEntry active = new VersionLog(connection).table().active();
    if (active == null) {
      throw CommandFailure.failed("no version is ACTIVE: there is nothing to calibrate");
    }
    FoundPassages passages = new FoundPassages(active.version());
    find(passages, questions, connection);
    List<ScoredQuestion> read = read(passages, active.checkpoint());
    CalibrationReport report = fit(questions, read, active);
    streams.out().println(json ? Json.line(report) : CalibrationPage.of(report));
    return passages.exitCode();
  }

  /** Fails before anything is asked if the result could not be written. */
  private void prepare() {
    boolean isQuestions =
        file.toAbsolutePath().normalize().equals(out.toAbsolutePath().normalize());
    if (isQuestions) {
      throw CommandFailure.usage("--out is the file of the questions");
    }
    try {
      boolean isNew = Files.notExists(out);
      Files.newOutputStream(out, CREATE, APPEND).close();
      if (isNew) {
        Files.delete(out); // no empty manifest is left if the fit fails
      }
    } catch (IOException e) {
      throw CommandFailure.failed(
          "cannot write --out " + out + ": " + LineFile.reason(out.toString(), e));
    }
  }

  private void find(FoundPassages passages, QuestionFile questions, Connection connection)
      throws IOException {
    FoundPassages.Settings settings =
        new FoundPassages.Settings(k, questionsMax, IN_FLIGHT, Duration.ofSeconds(timeoutSeconds));
    try (AnswerClient client = AnswerClient.open(connection);
        Progress progress = Progress.on(streams, "passages", "questions")) {
      passages.ask(questions, settings, client, progress);
    }
  }

  private List<ScoredQuestion> read(FoundPassages passages, RetrieverCheckpoint checkpoint)
      throws InterruptedException {
    try (Progress progress = Progress.on(streams, "readings", "questions")) {
      return new PassageReader(checkpoint, models).read(passages.found(), progress);
    }
  }

  private CalibrationReport fit(
      QuestionFile questions, List<ScoredQuestion> read, VersionEntry active) throws IOException {
    RetrieverCheckpoint checkpoint = active.checkpoint();
    Scaling before =
        new Scaling(checkpoint.scoreScale(), checkpoint.calibrated().readerTemperature());
    CalibrationFit fit = new CalibrationFit(read, before, rule, keep / 100);
    String refusal = fit.refusal();
    if (refusal != null) {
      throw CommandFailure.failed(questions.name() + ": " + refusal);
    }
    CalibrationFit.Result result = fit.fit(SEED);
    Calibration calibration =
        new Calibration(
            result.scaling().readerTemperature(), result.thresholds(), result.confidence());
    Files.write(
        out,
        Codecs.RETRIEVER_CHECKPOINT.encode(
            checkpoint.with(result.scaling().scoreScale(), calibration)));
    return new CalibrationReport(
        new CalibrationReport.Source(questions.name(), questions.sha256(), read.size()),
        active.version(),
        before,
        result.scaling(),
        new CalibrationReport.Rules(result.thresholds(), result.confidence()),
        new CalibrationReport.Compared(result.before(), result.fitted(), result.heldOut()),
        result.withheld(),
        out.toString());
  }
}
