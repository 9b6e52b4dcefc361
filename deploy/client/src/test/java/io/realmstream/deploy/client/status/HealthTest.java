package io.realmstream.deploy.client.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.client.status.Health.Level;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HealthTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final Signals.Answers QUIET = new Signals.Answers(0, 0, 0, 0, null);
  private static final Signals.Inputs CLEAN = new Signals.Inputs(1_000, 10);

  @Test
  void allIsWellUpToEachThreshold() {
    Signals.Answers answers =
        new Signals.Answers(1, 1, 100, 5, Instant.parse("2026-01-01T11:45:00Z"));
    Health health = Health.of(seen(NOW.minusSeconds(60), answers, CLEAN), NOW);

    assertThat(health.findings()).isEmpty();
    assertThat(health.level()).isEqualTo(Level.OK);
    assertThat(health.version()).isEqualTo(7);
    assertThat(health.freshnessMs()).isEqualTo(60_000);
  }

  @Test
  void staleOrUnknownFreshnessIsCritical() {
    assertThat(critical(seen(NOW.minusMillis(60_001), QUIET, CLEAN)))
        .isEqualTo("answers lack edits of the last 60 s");
    assertThat(critical(seen(null, QUIET, CLEAN))).startsWith("freshness is unknown");
  }

  @Test
  void nobodyBehindTheTopicsIsCritical() {
    Signals gone = new Signals(false, false, null, null, List.of(), QUIET, CLEAN);

    Health health = Health.of(gone, NOW);

    assertThat(health.level()).isEqualTo(Level.CRITICAL);
    assertThat(health.findings())
        .extracting(finding -> finding.substring(0, finding.indexOf(' ', 3)))
        .containsExactly("no updater", "no retriever", "no index");
  }

  @Test
  void questionsWithoutAnswersAreCritical() {
    assertThat(critical(seen(NOW, new Signals.Answers(3, 0, 0, 0, null), CLEAN)))
        .isEqualTo("3 questions came in 5 minutes, and no answer left");
  }

  @Test
  void answersThatFailAreCriticalFromThreeOnAndOverFivePerCent() {
    assertThat(critical(seen(NOW, new Signals.Answers(9, 9, 59, 3, null), CLEAN)))
        .startsWith("3 of the last 59 answers FAILED");
    Signals.Answers two = new Signals.Answers(9, 9, 2, 2, null);
    assertThat(Health.of(seen(NOW, two, CLEAN), NOW).level()).isEqualTo(Level.OK);
  }

  @Test
  void answersOfAnIncompleteIndexAreCriticalAfterAQuarterOfAnHour() {
    Instant since = Instant.parse("2026-01-01T11:44:59Z");
    assertThat(critical(seen(NOW, new Signals.Answers(9, 9, 9, 0, since), CLEAN)))
        .startsWith("since 2026-01-01T11:44:59Z all answers");
  }

  @Test
  void refusedVersionsAndDeadLettersAreWarnings() {
    Signals.Inputs inputs = new Signals.Inputs(1_000, 11);
    Signals seen = new Signals(true, true, NOW, 7, List.of(8), QUIET, inputs);

    Health health = Health.of(seen, NOW);

    assertThat(health.level()).isEqualTo(Level.WARNING);
    assertThat(health.findings())
        .containsExactly(
            "version 8 was REFUSED", "11 dead letters for 1,000 records in 15 minutes");
  }

  private static Signals seen(
      @Nullable Instant through, Signals.Answers answers, Signals.Inputs inputs) {
    return new Signals(true, true, through, 7, List.of(), answers, inputs);
  }

  private static String critical(Signals seen) {
    Health health = Health.of(seen, NOW);
    assertThat(health.level()).isEqualTo(Level.CRITICAL);
    assertThat(health.findings()).hasSize(1);
    return health.findings().get(0);
  }
}
