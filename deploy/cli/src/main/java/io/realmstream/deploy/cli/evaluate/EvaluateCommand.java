package io.realmstream.deploy.cli.evaluate;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.RealmVersion;
import io.realmstream.deploy.cli.arguments.KafkaOptions;
import io.realmstream.deploy.cli.arguments.Range;
import io.realmstream.deploy.cli.console.Progress;
import io.realmstream.deploy.cli.console.Streams;
import io.realmstream.deploy.cli.evaluate.masked.MaskedEvaluation;
import io.realmstream.deploy.cli.evaluate.questions.GoldQuestion;
import io.realmstream.deploy.cli.evaluate.questions.QuestionFile;
import io.realmstream.deploy.cli.evaluate.report.EvaluationPage;
import io.realmstream.deploy.cli.evaluate.report.EvaluationReport;
import io.realmstream.deploy.cli.evaluate.report.HtmlReport;
import io.realmstream.deploy.cli.evaluate.report.MaskedHtml;
import io.realmstream.deploy.cli.evaluate.report.MaskedPage;
import io.realmstream.deploy.cli.evaluate.report.MaskedReport;
import io.realmstream.deploy.cli.evaluate.report.WrongAnswers;
import io.realmstream.deploy.cli.evaluate.robustness.RobustnessOptions;
import io.realmstream.deploy.cli.input.LineFile;
import io.realmstream.deploy.client.AnswerClient;
import io.realmstream.deploy.json.Json;
import io.realmstream.schemas.query.QueryKind;
import io.realmstream.schemas.query.QueryScope;
import io.realmstream.schemas.query.Reading;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code realm evaluate}: how good the knowledge base answers questions whose answers are known.
 */
@Command(
    name = "evaluate",
    description = {
      "Measure how good answers and passages are.",
      "Each row of QUESTIONS is {question, answers, passage?, id?}: accepted answers, and the id of"
          + " the document that holds one, or several. Taken are also a text instead of the list,"
          + " SQuAD's {text: [...]}, and the field answer as NQ-open and TriviaQA have it; [] means"
          + " that there is no answer. Every question is asked twice: for an answer, read from --k"
          + " passages, and for --depth passages.%n",
      "answers     EM and F1 against the best accepted answer after normalization, in percent; a"
          + " question that got none is wrong, unless it has none.",
      "by passage  recall@k: the row's document is among the first k documents; MRR: the mean of"
          + " 1/rank, 0 if it is not among --depth.",
      "by answer   the same for the first passage whose text holds an accepted answer, as whole"
          + " words after normalization; where words have no spaces between them, as in Chinese, as"
          + " characters.",
      "Latency is of one question among --in-flight; for the time of one alone say --in-flight 1."
          + "%n"
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit code 4: a question got no reply in time. 3: nobody reads the queries.",
      "",
      "Example: realm evaluate questions.jsonl --out evaluation"
    })
public final class EvaluateCommand implements Callable<Integer> {
  private static final List<String> FILES =
      List.of("report.json", HtmlReport.NAME, "answers.jsonl", "run.trec", "qrels.trec");

  @Mixin private final KafkaOptions kafka = new KafkaOptions();
  @Mixin private final Streams streams = new Streams();
  @Mixin private final RobustnessOptions robustness = new RobustnessOptions();

  @Parameters(
      paramLabel = "QUESTIONS",
      description = "JSON lines; .gz and .bz2 as well; - = stdin.")
  private Path file = Path.of("");

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      defaultValue = "OPEN_QA",
      description =
          "open_qa: answers and passages; retrieve: passages alone; masked_lm: words for the masks"
              + " of sentences, of which answers has the accepted ones (default: open_qa).")
  private QueryKind kind = QueryKind.OPEN_QA;

  @Option(
      names = "--k",
      paramLabel = "COUNT",
      description = "How many passages an answer is read from (default: 5; 8 for masked_lm).")
  @Range(min = 1, max = QueryScope.K_MAX)
  private @Nullable Integer k;

  @Option(
      names = "--depth",
      paramLabel = "COUNT",
      defaultValue = "100",
      description = "How many passages are judged, at most 1000 (default: ${DEFAULT-VALUE}).")
  @Range(min = 1, max = QueryScope.K_MAX)
  private int depth = 100;

  @Option(
      names = "--reading",
      paramLabel = "WHEN",
      defaultValue = "CERTAIN",
      description =
          "certain: an answer is read until no other passage can change it; all: from all passages"
              + " (default: certain).")
  private Reading reading = Reading.CERTAIN;

  @Option(names = "--exact", description = "Search every cell: as brute force would.")
  private boolean exact;

  @Option(
      names = "--nprobe",
      paramLabel = "COUNT",
      description = "How many cells to search (default: the index's own).")
  @Range(min = 1)
  private @Nullable Integer nprobe;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "The queries' deadline (default: ${DEFAULT-VALUE}).")
  @Range(min = 1, max = Range.SECONDS_MAX)
  private long timeoutSeconds = 60;

  @Option(
      names = "--in-flight",
      paramLabel = "COUNT",
      defaultValue = "16",
      description = "How many questions wait at once (default: ${DEFAULT-VALUE}).")
  @Range(min = 1, max = 10_000)
  private int inFlight = 16;

  @Option(names = "--json", description = "Print the report as one line of JSON.")
  private boolean json;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Write report.json, report.html (a page for a browser, with wrong-1.html and so on for"
              + " many wrong answers), answers.jsonl (the rows with their answers), run.trec and"
              + " qrels.trec (as trec_eval reads them) into this folder.")
  private @Nullable Path out;

  @Override
  public Integer call() throws IOException {
    QuestionFile asked = QuestionFile.read(file, streams);
    if (robustness.isWanted()) {
      return robustness.run(asked, out, json, streams);
    }
    List<GoldQuestion> questions = GoldQuestion.read(asked);
    if (kind == QueryKind.MASKED_LM) {
      return masked(asked, questions);
    }
    WrongAnswers wrong = out == null ? null : prepare(out);
    try (AnswerClient client = AnswerClient.open(kafka.connect())) {
      Evaluation evaluation = new Evaluation(settings(asked), client, questions);
      if (kind == QueryKind.OPEN_QA) {
        answers(evaluation, wrong);
      }
      passages(evaluation);
      EvaluationReport report = evaluation.report(RealmVersion.number());
      String line = Json.line(report);
      streams.out().println(json ? line : EvaluationPage.of(report));
      if (out != null && wrong != null) {
        Files.writeString(out.resolve("report.json"), line + "\n");
        wrong.end();
        HtmlReport.write(out, report, wrong);
      }
      return evaluation.exitCode();
    }
  }

  private int masked(QuestionFile asked, List<GoldQuestion> sentences) throws IOException {
    if (out != null) {
      Files.createDirectories(out);
    }
    MaskedEvaluation.Settings settings =
        new MaskedEvaluation.Settings(asked, k(), inFlight, Duration.ofSeconds(timeoutSeconds));
    try (AnswerClient client = AnswerClient.open(kafka.connect());
        Progress progress = Progress.on(streams, "masks", "sentences")) {
      MaskedEvaluation evaluation = new MaskedEvaluation(settings, client, sentences);
      MaskedReport report = evaluation.run(progress);
      String line = Json.line(report);
      streams.out().println(json ? line : MaskedPage.of(report));
      if (out != null) {
        Files.writeString(out.resolve("masked.json"), line + "\n");
        Files.writeString(out.resolve("masked.html"), MaskedHtml.of(report));
      }
      return evaluation.exitCode();
    }
  }

  private int k() {
    return k == null ? kind.passages() : k;
  }

  /** What cannot be written is known before anything is asked. */
  private static WrongAnswers prepare(Path folder) {
    try {
      Files.createDirectories(folder);
      for (String name : FILES) {
        Files.newOutputStream(folder.resolve(name), CREATE, APPEND).close();
      }
      return new WrongAnswers(folder);
    } catch (IOException e) {
      throw CommandFailure.failed(
          "cannot write --out " + folder + ": " + LineFile.reason(folder.toString(), e));
    }
  }

  private Evaluation.Settings settings(QuestionFile asked) {
    return new Evaluation.Settings(
        asked,
        k(),
        depth,
        new Evaluation.Probing(exact, nprobe),
        reading,
        inFlight,
        Duration.ofSeconds(timeoutSeconds));
  }

  private void answers(Evaluation evaluation, @Nullable WrongAnswers wrong) throws IOException {
    try (Progress progress = Progress.on(streams, "answers", "questions")) {
      if (out == null || wrong == null) {
        evaluation.answers(progress, (gold, row, answer, right) -> {});
        return;
      }
      Path file = out.resolve("answers.jsonl");
      try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
        evaluation.answers(
            progress,
            (gold, row, answer, right) -> {
              row.write(writer, file);
              if (!right) {
                wrong.add(gold.wrong(answer == null ? null : answer.result()));
              }
            });
      }
    }
  }

  private void passages(Evaluation evaluation) throws IOException {
    try (Progress progress = Progress.on(streams, "passages", "questions")) {
      if (out == null) {
        evaluation.passages(progress, (gold, row, answer, right) -> {});
        return;
      }
      try (TrecFiles trec = new TrecFiles(out)) {
        evaluation.passages(
            progress,
            (gold, row, answer, right) -> trec.add(gold, answer == null ? null : answer.result()));
      }
    }
  }
}
