package io.realmstream.deploy.cli.evaluate.masked;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.ask.AskFile;
import io.realmstream.deploy.cli.ask.QuestionRows;
import io.realmstream.deploy.cli.console.Progress;
import io.realmstream.deploy.cli.evaluate.questions.GoldQuestion;
import io.realmstream.deploy.cli.evaluate.questions.QuestionFile;
import io.realmstream.deploy.cli.evaluate.report.EvaluationReport.Questions;
import io.realmstream.deploy.cli.evaluate.report.MaskedReport;
import io.realmstream.deploy.client.AnswerClient;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.answer.IndexVersion;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.query.QueryKind;
import io.realmstream.schemas.query.QueryOptions;
import io.realmstream.schemas.query.QueryScope;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Asks a file of masked sentences twice: with passages, and with the null document alone. */
public final class MaskedEvaluation {
  /** Further words that an answer lists, so that ranks are known up to 100. */
  private static final int RUNNERS_UP = 99;

  private final Settings settings;
  private final AnswerClient client;
  private final List<GoldQuestion> sentences;
  private @Nullable IndexVersion version;
  private int exitCode = ExitCode.OK;

  /**
   * How to ask.
   *
   * @param k candidates, the null document included
   */
  public record Settings(QuestionFile file, int k, int inFlight, Duration timeout) {}

  /**
   * An evaluation that is to be run.
   *
   * @param sentences rows {question, answers}: the sentence with its masks, and the words that may
   *     stand there
   * @throws CommandFailure for a row without answers
   */
  public MaskedEvaluation(Settings settings, AnswerClient client, List<GoldQuestion> sentences) {
    this.settings = settings;
    this.client = client;
    this.sentences = List.copyOf(sentences);
    for (GoldQuestion sentence : sentences) {
      if (sentence.answers() == null || sentence.answers().isEmpty()) {
        throw CommandFailure.failed(
            settings.file().name()
                + ": question "
                + sentence.id()
                + ": answers: must not be empty");
      }
    }
  }

  /** Asks all of it. */
  public MaskedReport run(Progress progress) throws IOException {
    MaskedTally withPassages = ask(settings.k(), progress);
    MaskedTally alone = ask(1, progress);
    return new MaskedReport(
        new Questions(settings.file().name(), settings.file().sha256(), sentences.size()),
        settings.k(),
        withPassages.invalid(),
        version,
        withPassages.figures(),
        alone.figures(),
        withPassages.utility());
  }

  /**
   * The worst of both passes, as {@code realm ask --file} has it; refused sentences are no failure.
   */
  public int exitCode() {
    return exitCode;
  }

  private MaskedTally ask(int k, Progress progress) throws IOException {
    MaskedTally tally = new MaskedTally();
    Iterator<GoldQuestion> asked = sentences.iterator();
    Iterator<GoldQuestion> judged = sentences.iterator();
    try (QuestionRows rows =
        QuestionRows.withAnswers(settings.file().name(), settings.file().bytes())) {
      int code =
          new AskFile(
                  client,
                  (sentence, deadline) -> query(asked.next(), k, deadline),
                  settings.timeout())
              .run(
                  rows,
                  settings.inFlight(),
                  row -> {
                    AnswerResult result =
                        row.answer() == null ? null : row.answer().answer().result();
                    version =
                        result == null || result.version() == null ? version : result.version();
                    tally.add(answers(judged.next()), result);
                  },
                  progress);
      boolean onlyRefused = code == ExitCode.FAILED && tally.invalid() > 0;
      exitCode = exitCode != ExitCode.OK || onlyRefused ? exitCode : code;
    }
    return tally;
  }

  private static Query query(GoldQuestion sentence, int k, Instant deadline) {
    return new Query(
        UUID.randomUUID().toString(),
        sentence.question(),
        QueryKind.MASKED_LM,
        QueryScope.ofPassages(k),
        deadline.truncatedTo(ChronoUnit.MILLIS),
        new QueryOptions(
            QueryOptions.DEFAULT.normalization(),
            QueryOptions.DEFAULT.decoding(),
            QueryOptions.DEFAULT.competition(),
            RUNNERS_UP,
            QueryOptions.DEFAULT.reading(),
            null,
            QueryOptions.DEFAULT.thresholds(),
            answers(sentence)));
  }

  private static List<String> answers(GoldQuestion sentence) {
    List<String> answers = sentence.answers();
    return answers == null
        ? List.of()
        : answers.stream().limit(QueryOptions.REFERENCES_MAX).toList();
  }
}
