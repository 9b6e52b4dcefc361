package io.realmstream.deploy.cli.evaluate.robustness;

import io.realmstream.deploy.cli.evaluate.questions.GoldQuestion;
import io.realmstream.schemas.query.Competition;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.query.QueryKind;
import io.realmstream.schemas.query.QueryOptions;
import io.realmstream.schemas.query.QueryScope;
import io.realmstream.schemas.query.Reading;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/** The queries of a trial. All passages are read, so that probabilities are exact. */
final class Asking {
  private static final Duration DEADLINE = Duration.ofMinutes(5);

  private Asking() {}

  /** Asks for the best passages. */
  static Query passages(GoldQuestion question, int depth) {
    return query(question, QueryKind.RETRIEVE, depth, QueryOptions.DEFAULT);
  }

  /** Asks for an answer from these passages. */
  static Query among(Trial trial, List<String> passages) {
    return query(
        trial.question(),
        QueryKind.OPEN_QA,
        passages.size(),
        QueryOptions.DEFAULT.with(Competition.among(passages)).with(Reading.ALL));
  }

  /** The same, and asks for the probability of the accepted answers. */
  static Query scored(Trial trial, List<String> passages) {
    return query(
        trial.question(),
        QueryKind.OPEN_QA,
        passages.size(),
        QueryOptions.DEFAULT
            .with(Competition.among(passages))
            .withReferences(trial.answers().stream().limit(QueryOptions.REFERENCES_MAX).toList()));
  }

  /** Asks for an answer from the passage that holds it and the nearest others. */
  static Query answerable(Trial trial) {
    return among(trial, trial.withHard(Trial.BESIDE));
  }

  /** Asks as a user would, for an answer from the same number of passages. */
  static Query plain(Trial trial) {
    return query(
        trial.question(),
        QueryKind.OPEN_QA,
        1 + Trial.BESIDE,
        QueryOptions.DEFAULT.with(Reading.ALL));
  }

  private static Query query(GoldQuestion question, QueryKind kind, int k, QueryOptions options) {
    return new Query(
        UUID.randomUUID().toString(),
        question.question(),
        kind,
        new QueryScope(k, null, true, null, null),
        Instant.now().plus(DEADLINE).truncatedTo(ChronoUnit.MILLIS),
        options);
  }
}
