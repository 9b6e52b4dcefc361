package io.realmstream.deploy.cli.learn.experiment;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.arguments.Range;
import io.realmstream.deploy.cli.console.Progress;
import io.realmstream.deploy.cli.console.Streams;
import io.realmstream.deploy.cli.learn.corpus.CorpusOptions;
import io.realmstream.deploy.cli.learn.corpus.JudgeOptions;
import io.realmstream.deploy.cli.learn.corpus.JudgedFile;
import io.realmstream.deploy.cli.learn.corpus.LearningData;
import io.realmstream.deploy.cli.learn.corpus.LearningData.Pair;
import io.realmstream.deploy.cli.learn.corpus.ReportFolder;
import io.realmstream.deploy.cli.learn.experiment.ArmRun.Judging;
import io.realmstream.deploy.cli.learn.experiment.ExperimentReport.Setting;
import io.realmstream.deploy.cli.learn.experiment.Training.Material;
import io.realmstream.deploy.json.Json;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code realm learn experiment}: does a refreshed index learn better than a frozen one? */
@Command(
    name = "experiment",
    description = {
      "Learn from the same start in several arms and compare them.",
      "Learned from are the documents' own sentences (which passage was a sentence taken from?) or,"
          + " with --feedback, questions. One document in ten is held out. Asked are the questions"
          + " of --questions, by an exact search.%n",
      "cold   two independent random projections",
      "weak   the same after 60 steps",
      "warm   the corpus' own directions, centred and partly whitened%n"
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Arms: frozen, only questions' projection learns; a number, both learn and the index is"
          + " projected again after so many steps; never, both learn and the index stays.",
      "",
      "Example: realm learn experiment cold --documents wiki.jsonl --questions questions.jsonl"
          + " --out curve"
    })
public final class ExperimentCommand implements Callable<Integer> {
  private static final List<String> FILES = List.of("report.json", CurveHtml.NAME);

  @Mixin private final Streams streams = new Streams();
  @Mixin private final CorpusOptions corpus = new CorpusOptions();
  @Mixin private final JudgeOptions judge = new JudgeOptions();

  @Parameters(paramLabel = "START", description = "cold, weak or warm.")
  private Start start = Start.COLD;

  @Option(
      names = "--feedback",
      paramLabel = "FILE",
      description = "Learn from these questions instead of the documents' sentences.")
  private @Nullable Path feedback;

  @Option(
      names = "--feedback-max",
      paramLabel = "COUNT",
      defaultValue = "1000000",
      description = "Learn from the first of them only (default: all).")
  @Range(min = 1)
  private int feedbackMax = 1_000_000;

  @Option(
      names = "--arms",
      paramLabel = "ARM",
      split = ",",
      defaultValue = "frozen,10,100,never",
      description = "Which arms (default: ${DEFAULT-VALUE}).")
  private List<String> arms = new ArrayList<>();

  @Option(
      names = "--seeds",
      paramLabel = "COUNT",
      defaultValue = "3",
      description = "How often each arm runs (default: ${DEFAULT-VALUE}).")
  @Range(min = 1, max = 100)
  private int seeds = 3;

  @Option(
      names = "--steps",
      paramLabel = "COUNT",
      defaultValue = "1500",
      description = "Steps of each run (default: ${DEFAULT-VALUE}).")
  @Range(min = 1, max = 1_000_000)
  private int steps = 1_500;

  @Option(
      names = "--every",
      paramLabel = "COUNT",
      defaultValue = "300",
      description = "Steps between two measurements (default: ${DEFAULT-VALUE}).")
  @Range(min = 1, max = 1_000_000)
  private int every = 300;

  @Option(
      names = "--batch",
      paramLabel = "COUNT",
      defaultValue = "256",
      description = "Queries of a step (default: ${DEFAULT-VALUE}).")
  @Range(min = 2, max = 10_000)
  private int batch = 256;

  @Option(
      names = "--dimension",
      paramLabel = "COUNT",
      defaultValue = "128",
      description = "Elements of a projected vector (default: ${DEFAULT-VALUE}).")
  @Range(min = 2, max = 4_096)
  private int dimension = 128;

  @Option(
      names = "--rate",
      paramLabel = "NUMBER",
      defaultValue = "0.001",
      description = "Learning rate (default: ${DEFAULT-VALUE}).")
  @Range(min = 1e-9, max = 1)
  private double rate = 1e-3;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Write report.json and report.html, a page for a browser, into this folder.")
  private @Nullable Path out;

  @Option(names = "--json", description = "Print the report as one line of JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<Arm> chosen = arms.stream().map(Arm::of).distinct().toList();
    ReportFolder folder = out == null ? null : ReportFolder.prepare(out, FILES);
    RetrieverCheckpoint checkpoint = judge.checkpoint();
    try (LearningData data = new LearningData(corpus, checkpoint, streams)) {
      check(data);
      List<JudgedFile> files = new ArrayList<>();
      for (Path file : judge.questions()) {
        files.add(data.judged(file));
      }
      List<Pair> pairs = feedback == null ? data.sentences() : data.feedback(feedback, feedbackMax);
      if (pairs.size() < 2) {
        throw CommandFailure.failed("there is nothing to learn from");
      }
      ExperimentReport report = run(chosen, data, files, pairs);
      String line = Json.line(report);
      streams.out().println(json ? line : CurvePage.of(report));
      if (folder != null) {
        folder.write("report.json", line + "\n");
        folder.write(CurveHtml.NAME, CurveHtml.of(report));
      }
      return ExitCode.OK;
    }
  }

  private void check(LearningData data) {
    int inputs = data.passages().get(0).length;
    if (start == Start.WARM && dimension > inputs) {
      throw CommandFailure.usage("--dimension: a warm start has at most " + inputs);
    }
    if (start == Start.WARM && data.passages().size() < inputs) {
      throw CommandFailure.failed(
          "a warm start needs %d passages, not %d".formatted(inputs, data.passages().size()));
    }
  }

  private ExperimentReport run(
      List<Arm> chosen, LearningData data, List<JudgedFile> files, List<Pair> pairs) {
    Experiment experiment =
        new Experiment(
            new Experiment.Settings(start, dimension, steps, rate, every),
            new Material(pairs, data.passages(), batch),
            new Judging(data.passages(), data.documents(), files, groups(data, pairs)),
            data.statistics());
    for (int seed = 0; seed < seeds; seed++) {
      try (Progress progress = Progress.on(streams, "seed " + seed, "steps")) {
        experiment.run(chosen, seed, progress);
      }
    }
    Setting setting =
        new Setting(
            start,
            judge.checkpoint().retriever(),
            dimension,
            steps,
            batch,
            data.passages().size(),
            pairs.size());
    return new ExperimentReport(setting, experiment.curves(), experiment.differences());
  }

  private static Set<String> groups(LearningData data, List<Pair> pairs) {
    Set<String> groups = new HashSet<>();
    pairs.forEach(
        pair -> Arrays.stream(pair.passages()).mapToObj(data::group).forEach(groups::add));
    return groups;
  }
}
