package io.realmstream.model.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadlinesTest {
  private static final long NOW_MS = 1_700_000_000_000L;
  private static final Instant NOW = Instant.ofEpochMilli(NOW_MS);

  private final Deadlines deadlines = new Deadlines(Duration.ofSeconds(10), Duration.ofMinutes(10));

  @Test
  void deadlineAtTheLimitIsTakenAndOneBeyondItIsRefusedByTheLimit() {
    Instant last = NOW.plus(Duration.ofMinutes(10));

    assertThat(deadlines.refusal(last, NOW_MS)).isNull();
    assertThat(deadlines.of(last, NOW_MS, NOW_MS)).isEqualTo(last.toEpochMilli());
    assertThat(deadlines.refusal(last.plusMillis(1), NOW_MS))
        .isEqualTo(
            "deadline: must be at most 600000 ms ahead of the time when the query is read"
                + " (is 600001 ms)");
  }

  @ParameterizedTest
  @CsvSource({"9999-12-31T23:59:59.999999999Z", "2100-01-01T00:00:00Z"})
  void deadlineOfYearsIsRefused(Instant named) {
    assertThat(deadlines.refusal(named, NOW_MS)).startsWith("deadline: must be at most 600000 ms");
  }

  @ParameterizedTest
  @CsvSource({"0000-01-01T00:00:00Z, 0", "1970-01-01T00:00:01Z, 1000"})
  void deadlineInThePastIsOnlyLate(Instant named, long deadlineMs) {
    assertThat(deadlines.refusal(named, NOW_MS)).isNull();
    assertThat(deadlines.of(named, NOW_MS, NOW_MS)).isEqualTo(deadlineMs);
  }

  @Test
  void withoutADeadlineTheTimeoutRunsFromWhenTheQueryWasSent() {
    assertThat(deadlines.refusal(null, NOW_MS)).isNull();
    assertThat(deadlines.of(null, NOW_MS - 3_000, NOW_MS)).isEqualTo(NOW_MS + 7_000);
    assertThat(deadlines.of(null, 0, NOW_MS)).isEqualTo(10_000);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1700000600000, 1700000600000", "1700000600001, 1700000600000"})
  void deadlineThatWasSetBeforeIsNoFurtherAheadThanOneSetNow(long setMs, long deadlineMs) {
    assertThat(deadlines.within(setMs, NOW_MS)).isEqualTo(deadlineMs);
  }

  /** A producer's clock may be ahead by an hour, or by centuries; a record may have no time. */
  @ParameterizedTest
  @CsvSource({"1700003600000", "253402300799999", "9223372036854775807", "-1"})
  void clockThatIsAheadOrMissingGivesNoMoreTime(long sentMs) {
    assertThat(deadlines.of(null, sentMs, NOW_MS)).isEqualTo(NOW_MS + 10_000);
  }

  @Test
  void timeoutAboveTheLimitIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Deadlines(Duration.ofMinutes(11), Duration.ofMinutes(10)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Deadlines(Duration.ZERO, Duration.ofMinutes(10)));
  }
}
