package io.realmstream.deploy.cli.evaluate;

import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.ask.AnsweredRow;
import io.realmstream.deploy.cli.ask.AskFile;
import io.realmstream.deploy.cli.ask.QuestionRows;
import io.realmstream.deploy.cli.console.Progress;
import io.realmstream.deploy.cli.evaluate.questions.GoldQuestion;
import io.realmstream.deploy.cli.evaluate.questions.QuestionFile;
import io.realmstream.deploy.cli.evaluate.report.EvaluationReport;
import io.realmstream.deploy.cli.evaluate.report.EvaluationReport.Asked;
import io.realmstream.deploy.cli.evaluate.report.EvaluationReport.Pass;
import io.realmstream.deploy.client.AnswerClient;
import io.realmstream.schemas.answer.Answer;
import io.realmstream.schemas.answer.IndexVersion;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.query.QueryKind;
import io.realmstream.schemas.query.QueryOptions;
import io.realmstream.schemas.query.QueryScope;
import io.realmstream.schemas.query.Reading;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Asks a file of questions twice and judges what comes back: answers from the k passages that users
 * would have read, then passages to a greater depth. One query for both would not do: p(z|x) is
 * normalized over all that is retrieved, so that a greater k makes other probabilities.
 */
final class Evaluation {
  private final Settings settings;
  private final AnswerClient client;
  private final List<GoldQuestion> questions;
  private final Judge judge = new Judge();
  private final List<Pass> passes = new ArrayList<>();
  private final Set<IndexVersion> versions = new LinkedHashSet<>();
  private int exitCode = ExitCode.OK;

  /**
   * How to ask.
   *
   * @param file of the questions
   * @param k passages behind an answer
   * @param depth passages to judge
   * @param reading when to stop reading
   */
  record Settings(
      QuestionFile file,
      int k,
      int depth,
      Probing probing,
      Reading reading,
      int inFlight,
      Duration timeout) {}

  /**
   * Which cells are searched.
   *
   * @param exact all of them
   * @param nprobe how many; null = the index's own
   */
  record Probing(boolean exact, @Nullable Integer nprobe) {}

  /** What to do with a pass's rows beside judging them. */
  interface Keep {
    /**
     * Takes a row.
     *
     * @param right false when the answer is wrong
     */
    void row(GoldQuestion gold, AnsweredRow row, @Nullable Answer answer, boolean right);
  }

  Evaluation(Settings settings, AnswerClient client, List<GoldQuestion> questions) {
    this.settings = settings;
    this.client = client;
    this.questions = questions;
  }

  void answers(Progress progress, Keep keep) throws IOException {
    pass(
        QueryKind.OPEN_QA,
        settings.k(),
        progress,
        (gold, row, answer) ->
            keep.row(
                gold, row, answer, judge.answer(gold, answer == null ? null : answer.result())));
  }

  void passages(Progress progress, Keep keep) throws IOException {
    pass(
        QueryKind.RETRIEVE,
        settings.depth(),
        progress,
        (gold, row, answer) -> {
          judge.passages(gold, answer == null ? List.of() : answer.result().passages());
          keep.row(gold, row, answer, true);
        });
  }

  /** The worst of both passes, as {@code realm ask --file} has it. */
  int exitCode() {
    return exitCode;
  }

  /** What has been found so far. */
  EvaluationReport report(String realm) {
    return new EvaluationReport(
        Instant.now().truncatedTo(ChronoUnit.MILLIS),
        realm,
        new EvaluationReport.Questions(
            settings.file().name(), settings.file().sha256(), questions.size()),
        List.copyOf(versions),
        judge.reading(),
        judge.byPassage(settings.depth()),
        judge.byAnswer(settings.depth()),
        passes);
  }

  /** A row of a pass that is not judged yet. */
  private interface Judged {
    void row(GoldQuestion gold, AnsweredRow row, @Nullable Answer answer);
  }

  private void pass(QueryKind kind, int k, Progress progress, Judged judged) throws IOException {
    PassTally tally = new PassTally();
    Iterator<GoldQuestion> inOrder = questions.iterator();
    long start = System.nanoTime();
    try (QuestionRows rows =
        QuestionRows.withAnswers(settings.file().name(), settings.file().bytes())) {
      AskFile ask =
          new AskFile(
              client,
              (question, deadline) -> query(kind, k, question, deadline),
              settings.timeout());
      int code =
          ask.run(
              rows,
              settings.inFlight(),
              row -> {
                Answer answer = row.answer() == null ? null : row.answer().answer();
                tally.add(answer, row.roundTrip());
                judged.row(inOrder.next(), row, answer);
              },
              progress);
      exitCode = exitCode == ExitCode.OK ? code : exitCode;
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    passes.add(
        tally.finish(
            new Asked(
                kind.name(),
                k,
                settings.inFlight(),
                kind.reads() ? settings.reading().name() : null),
            took));
    versions.addAll(tally.versions());
  }

  private Query query(QueryKind kind, int k, String question, Instant deadline) {
    return new Query(
        UUID.randomUUID().toString(),
        question,
        kind,
        new QueryScope(k, null, settings.probing().exact(), settings.probing().nprobe(), null),
        deadline.truncatedTo(ChronoUnit.MILLIS),
        QueryOptions.DEFAULT.with(settings.reading()));
  }
}
