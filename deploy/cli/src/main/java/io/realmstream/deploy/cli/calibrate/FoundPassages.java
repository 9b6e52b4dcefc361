package io.realmstream.deploy.cli.calibrate;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.ask.AskFile;
import io.realmstream.deploy.cli.ask.QuestionRows;
import io.realmstream.deploy.cli.console.Progress;
import io.realmstream.deploy.cli.evaluate.questions.GoldQuestion;
import io.realmstream.deploy.cli.evaluate.questions.QuestionFile;
import io.realmstream.deploy.client.AnswerClient;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.answer.Evidence;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.query.QueryKind;
import io.realmstream.schemas.query.QueryOptions;
import io.realmstream.schemas.query.QueryScope;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;

/** Asks the knowledge base for the passages of questions, by RETRIEVE queries. */
final class FoundPassages {
  private final List<Found> found = new ArrayList<>();
  private final int version;
  private int exitCode = ExitCode.OK;

  /**
   * A question with what was found.
   *
   * @param passages by rank, at least one
   */
  record Found(GoldQuestion question, List<Evidence> passages) {}

  /**
   * How to ask.
   *
   * @param k passages a question
   * @param questionsMax how many questions to ask at most, chosen at random
   */
  record Settings(int k, int questionsMax, int inFlight, Duration timeout) {
    Query query(String question, Instant deadline) {
      return new Query(
          UUID.randomUUID().toString(),
          question,
          QueryKind.RETRIEVE,
          QueryScope.ofPassages(k),
          deadline.truncatedTo(ChronoUnit.MILLIS),
          QueryOptions.DEFAULT);
    }
  }

  /**
   * @param version number of the version that must answer
   */
  FoundPassages(int version) {
    this.version = version;
  }

  /**
   * Asks the questions whose answers are known.
   *
   * @throws CommandFailure when another version answers
   */
  void ask(QuestionFile file, Settings settings, AnswerClient client, Progress progress)
      throws IOException {
    List<GoldQuestion> all = GoldQuestion.read(file);
    Set<Integer> chosen = chosen(all, settings.questionsMax());
    Iterator<GoldQuestion> asked = chosen.stream().map(all::get).iterator();
    try (QuestionRows rows = QuestionRows.withAnswers(file.name(), file.bytes())) {
      exitCode =
          new AskFile(client, settings::query, settings.timeout())
              .run(
                  rows.only(chosen),
                  settings.inFlight(),
                  row -> {
                    GoldQuestion question = asked.next();
                    if (row.answer() != null) {
                      add(question, row.answer().answer().result());
                    }
                  },
                  progress);
    }
  }

  List<Found> found() {
    return found;
  }

  /** The exit code, by the rules of {@link AskFile}. */
  int exitCode() {
    return exitCode;
  }

  private void add(GoldQuestion question, AnswerResult result) {
    if (result.status() != AnswerStatus.ANSWERED || result.passages().isEmpty()) {
      return;
    }
    int answered = result.version() == null ? 0 : result.version().number();
    if (answered != version) {
      throw CommandFailure.failed(
          "version %d answered while %d was in force: calibrate again when the switch is over"
              .formatted(answered, version));
    }
    found.add(new Found(question, result.passages()));
  }

  /** Places of the chosen questions in the file, ascending. */
  private static Set<Integer> chosen(List<GoldQuestion> questions, int most) {
    List<Integer> places =
        new ArrayList<>(
            IntStream.range(0, questions.size())
                .filter(i -> questions.get(i).answers() != null)
                .boxed()
                .toList());
    Collections.shuffle(places, new Random(1));
    return new TreeSet<>(places.subList(0, Math.min(most, places.size())));
  }
}
