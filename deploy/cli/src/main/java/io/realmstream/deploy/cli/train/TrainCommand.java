package io.realmstream.deploy.cli.train;

import ai.djl.engine.Engine;
import com.sun.management.OperatingSystemMXBean;
import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.arguments.KafkaOptions;
import io.realmstream.deploy.cli.arguments.Range;
import io.realmstream.deploy.cli.console.Streams;
import io.realmstream.deploy.cli.evaluate.questions.GoldQuestion;
import io.realmstream.deploy.cli.evaluate.questions.QuestionFile;
import io.realmstream.deploy.cli.learn.corpus.Corpus;
import io.realmstream.deploy.cli.learn.corpus.CorpusOptions;
import io.realmstream.deploy.cli.learn.corpus.JudgedFile;
import io.realmstream.deploy.cli.learn.corpus.LearningData;
import io.realmstream.deploy.cli.learn.corpus.ReportFolder;
import io.realmstream.deploy.cli.models.PartFile;
import io.realmstream.deploy.cli.models.TrainerFolder;
import io.realmstream.deploy.cli.versions.CheckpointSource;
import io.realmstream.deploy.client.versions.PublishedCheckpoint;
import io.realmstream.deploy.json.Json;
import io.realmstream.model.learning.gate.HeldOut;
import io.realmstream.model.learning.gate.Verdict;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.version.EncoderTower;
import io.realmstream.schemas.version.Part;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code realm train}: fine-tunes the transformers of a retriever on questions. */
@Command(
    name = "train",
    description = {
      "Fine-tune the transformers of a retriever on questions whose documents are known.",
      "What comes of it is judged on documents that it did not learn from. The manifest is written"
          + " if they are found better for certain; otherwise it is refused with figures. Needs"
          + " `realm model install trainer`, and no broker.%n"
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit code 1: refused.",
      "",
      "Example: realm train feedback.jsonl --documents wiki.jsonl --out trained"
          + " && realm publish-checkpoint trained/checkpoint.json"
    })
public final class TrainCommand implements Callable<Integer> {
  private static final String MANIFEST = "checkpoint.json";
  private static final String REPORT = "report.json";
  private static final Path STANDARD_INPUT = Path.of("-");

  @Mixin private final Streams streams = new Streams();
  @Mixin private final KafkaOptions kafka = new KafkaOptions();
  @Mixin private final CorpusOptions corpus = new CorpusOptions();
  @Mixin private final TrainOptions options = new TrainOptions();

  @Parameters(
      paramLabel = "FEEDBACK",
      arity = "1..*",
      description = "Questions with the ids of their documents in `passage`.")
  private List<Path> feedback = new ArrayList<>();

  @Option(
      names = "--questions",
      paramLabel = "FILE",
      description =
          "Questions that judge, where their documents are in no feedback. Without them one document"
              + " in ten judges and does not teach.")
  private List<Path> questions = new ArrayList<>();

  @Option(
      names = "--checkpoint",
      paramLabel = "CHECKPOINT",
      defaultValue = "minilm",
      description =
          "What to start from: minilm, e5, bge or a manifest (default: ${DEFAULT-VALUE}).")
  private String checkpoint = "minilm";

  @Option(
      names = "--trunk",
      paramLabel = "FILE",
      description =
          "The transformer of that checkpoint in float, an ONNX file. Default: that of MiniLM, from"
              + " `realm model install trainer`.")
  private @Nullable Path trunk;

  @Option(
      names = "--threads",
      paramLabel = "COUNT",
      defaultValue = "1",
      description = "Threads of each operation of PyTorch (default: ${DEFAULT-VALUE}).")
  @Range(min = 1, max = 1_024)
  private int threads = 1;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "trained",
      description =
          "Folder of the transformer, the report, and the manifest if it is not refused"
              + " (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("trained");

  @Option(names = "--publish", description = "Publish the checkpoint if it is not refused.")
  private boolean publish;

  @Option(names = "--json", description = "Print the report as one line of JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (Stream.concat(feedback.stream(), questions.stream()).anyMatch(STANDARD_INPUT::equals)) {
      throw CommandFailure.usage("questions are read twice, so they must be in files");
    }
    Path installed = kafka.directory().resolve(TrainerFolder.NAME);
    RetrieverCheckpoint before = CheckpointSource.read(checkpoint);
    Path start = trunk == null ? installed.resolve(TrainerFolder.TRUNK) : trunk;
    Corpus read = corpus.read(before.documentTower(), streams);
    List<Lesson> lessons = lessons(read); // bad input is found before the long work
    FineTuning tuning = new FineTuning(before, start, corpus, options);
    Engine engine = TorchEngine.open(installed, threads);
    ReportFolder folder = ReportFolder.prepare(out, List.of(MANIFEST, REPORT));
    folder.delete(MANIFEST);
    try (LearningData data = new LearningData(corpus, before, read, streams)) {
      Predicate<String> judges = judges(lessons, read);
      List<JudgedFile> files = judged(data, judges);
      long began = cpuNanos();
      FineTuning.Trained trained = tuning.run(engine, data, lessons, streams);
      double seconds = (cpuNanos() - began) / 1e9;
      RetrieverCheckpoint candidate = candidate(before, PartFile.of(trained.write(out)));
      TrainReport report;
      try (LearningData then = new LearningData(corpus, candidate, read, streams)) {
        Judgement judgement =
            new Judgement(
                new Judgement.Side(before, data, files),
                new Judgement.Side(candidate, then, judged(then, judges)));
        report =
            judgement.report(
                corpus,
                options.report(before.retriever(), lessons.size(), data.passages().size()),
                TrainReport.Course.of(trained.losses(), seconds));
      }
      return finish(report, candidate, folder);
    }
  }

  private int finish(TrainReport report, RetrieverCheckpoint candidate, ReportFolder folder)
      throws IOException {
    folder.write(REPORT, Json.line(report));
    streams.out().println(json ? Json.line(report) : TrainPage.of(report));
    if (report.verdict().outcome() != Verdict.Outcome.PUBLISHED) {
      return ExitCode.FAILED;
    }
    RetrieverCheckpoint scaled =
        candidate.with(candidate.documentTower(), candidate.queryTower(), report.scoreScale());
    folder.write(MANIFEST, Codecs.RETRIEVER_CHECKPOINT.encode(scaled));
    if (publish) {
      PublishedCheckpoint published = PublishedCheckpoint.publish(kafka.connect(), scaled);
      streams.err().println("published %s: %s".formatted(published.retriever(), published.plan()));
    }
    return ExitCode.OK;
  }

  private RetrieverCheckpoint candidate(RetrieverCheckpoint before, Part part) {
    EncoderTower documents = before.documentTower();
    return before.with(
        options.towers() == Towers.BOTH ? with(documents, part) : documents,
        with(before.queryTower(), part),
        before.scoreScale());
  }

  private static EncoderTower with(EncoderTower tower, Part trunk) {
    return new EncoderTower(
        trunk,
        tower.tokenizer(),
        tower.projection(),
        tower.pooling(),
        tower.normalized(),
        tower.prefix(),
        tower.title(),
        tower.tokensMax());
  }

  /** All rows, but for those on held-out documents where there are no other judges. */
  private List<Lesson> lessons(Corpus read) throws IOException {
    List<Lesson> lessons = new ArrayList<>();
    for (Path file : feedback) {
      List<GoldQuestion> rows = GoldQuestion.read(QuestionFile.read(file, streams));
      for (int i = 0; i < rows.size(); i++) {
        String place = "%s: question %d".formatted(file, i + 1);
        Lesson lesson = Lesson.of(rows.get(i), read, place);
        if (!questions.isEmpty() || lesson.groups(read).stream().noneMatch(HeldOut::contains)) {
          lessons.add(lesson);
        }
      }
    }
    if (lessons.isEmpty()) {
      throw CommandFailure.failed(
          "all questions are on held-out documents: none is left to learn from");
    }
    return lessons;
  }

  private Predicate<String> judges(List<Lesson> lessons, Corpus read) {
    if (questions.isEmpty()) {
      return HeldOut::contains;
    }
    Set<String> taught = new HashSet<>();
    lessons.forEach(lesson -> taught.addAll(lesson.groups(read)));
    return group -> !taught.contains(group);
  }

  private List<JudgedFile> judged(LearningData data, Predicate<String> judges)
      throws IOException, InterruptedException {
    List<JudgedFile> files = new ArrayList<>();
    for (Path file : questions.isEmpty() ? feedback : questions) {
      files.add(data.judged(file, judges));
    }
    return files;
  }

  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
