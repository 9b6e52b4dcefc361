package io.realmstream.deploy.client.status;

import io.realmstream.deploy.client.ClientException;
import io.realmstream.deploy.client.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How well the knowledge base does, for a monitor; its fields are those of the JSON. It is of one
 * moment. The alerts for Prometheus have the same {@link Thresholds}, and wait before they fire.
 *
 * @param findings what is not well, the worst first; empty = nothing
 * @param version the one that answers; null = none
 * @param indexedThrough every edit with a Kafka timestamp up to here is answerable; null = not
 *     known
 * @param freshnessMs age of the oldest edit that may be missing from answers; null = not known
 */
public record Health(
    Level level,
    List<String> findings,
    @Nullable Integer version,
    @Nullable Instant indexedThrough,
    @Nullable Long freshnessMs) {

  /** How urgent the worst finding is. */
  public enum Level {
    OK,
    /** It can wait until morning. */
    WARNING,
    /** Users notice. */
    CRITICAL
  }

  /**
   * Reads only what was written lately, so its cost does not grow with the knowledge base. A broker
   * that does not answer is a finding, too.
   */
  public static Health read(Connection connection) {
    try {
      return of(new SignalReader(connection).read(), Instant.now());
    } catch (ClientException e) {
      return new Health(Level.CRITICAL, List.of(String.valueOf(e.getMessage())), null, null, null);
    }
  }

  /** Judges what was seen. */
  static Health of(Signals seen, Instant now) {
    Instant through = seen.answerableThrough();
    Long freshnessMs =
        through == null ? null : Math.max(0, Duration.between(through, now).toMillis());
    List<String> findings = critical(seen, freshnessMs);
    findings.addAll(ofAnswers(seen.answers(), now));
    Level level = findings.isEmpty() ? Level.OK : Level.CRITICAL;
    List<String> warnings = warnings(seen);
    if (level == Level.OK && !warnings.isEmpty()) {
      level = Level.WARNING;
    }
    findings.addAll(warnings);
    return new Health(level, List.copyOf(findings), seen.active(), through, freshnessMs);
  }

  private static List<String> critical(Signals seen, @Nullable Long freshnessMs) {
    List<String> findings = new ArrayList<>();
    if (!seen.updaterBeats()) {
      findings.add("no updater tells how far it is: edits wait");
    }
    if (!seen.retrieverBeats()) {
      findings.add("no retriever tells how fresh it is: questions wait");
    } else if (freshnessMs == null) {
      findings.add("freshness is unknown: no answer says how fresh it is");
    } else if (freshnessMs > Thresholds.FRESHNESS_MAX.toMillis()) {
      findings.add("answers lack edits of the last %,d s".formatted(freshnessMs / 1_000));
    }
    if (seen.active() == null) {
      findings.add("no index version is ACTIVE, so nothing can be answered");
    }
    return findings;
  }

  private static List<String> ofAnswers(Signals.Answers answers, Instant now) {
    List<String> findings = new ArrayList<>();
    if (answers.questions() > 0 && answers.left() == 0) {
      findings.add(
          "%,d questions came in %d minutes, and no answer left"
              .formatted(answers.questions(), Thresholds.NO_ANSWER_MAX.toMinutes()));
    }
    if (answers.failed() >= Thresholds.FAILED_MIN
        && exceeds(answers.failed(), answers.seen(), Thresholds.FAILED_PERCENT_MAX)) {
      findings.add(
          "%d of the last %d answers FAILED, TIMED_OUT or had no version"
              .formatted(answers.failed(), answers.seen()));
    }
    Instant since = answers.incompleteSince();
    if (since != null && since.isBefore(now.minus(Thresholds.INCOMPLETE_MAX))) {
      findings.add("since " + since + " all answers are of an index that lacks documents");
    }
    return findings;
  }

  private static List<String> warnings(Signals seen) {
    List<String> findings = new ArrayList<>();
    for (int version : seen.refused()) {
      findings.add("version " + version + " was REFUSED");
    }
    Signals.Inputs inputs = seen.inputs();
    if (exceeds(inputs.deadLetters(), inputs.records(), Thresholds.DEAD_LETTER_PERCENT_MAX)) {
      findings.add(
          "%,d dead letters for %,d records in %d minutes"
              .formatted(
                  inputs.deadLetters(),
                  inputs.records(),
                  Thresholds.DEAD_LETTERS_WINDOW.toMinutes()));
    }
    return findings;
  }

  /**
   * Whether a part is more than so many per cent of the whole. If the whole is 0, any part above 0
   * is.
   */
  private static boolean exceeds(long part, long whole, int percentMax) {
    return 100 * part > percentMax * whole;
  }
}
