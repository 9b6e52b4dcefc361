package io.realmstream.deploy.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RetentionTest {
  private static final Duration TTL = Duration.ofDays(30);

  @Test
  void defaultsAreSevenAndThirtyDaysWithSegmentsOfADay() {
    Retention defaults = Retention.of(TTL);

    assertThat(hours(defaults.transport(), "retention.ms")).isEqualTo(7 * 24);
    assertThat(hours(defaults.deadLetters(), "retention.ms")).isEqualTo(30 * 24);
    assertThat(hours(defaults.transport(), "segment.ms")).isEqualTo(24);
  }

  @Test
  void retentionAndSegmentTogetherKeepTheBound() {
    for (int days : List.of(2, 3, 5, 40)) {
      Retention bound = new Retention(TTL, Duration.ofDays(days));
      for (Map<String, String> topic : List.of(bound.transport(), bound.deadLetters())) {
        assertThat(hours(topic, "retention.ms") + hours(topic, "segment.ms")).isEqualTo(days * 24L);
      }
    }
    assertThat(hours(new Retention(TTL, Duration.ofDays(2)).transport(), "segment.ms"))
        .isEqualTo(12);
  }

  @Test
  void acceptedEditsAreCompactedNoEarlierThanAReplayTakesAndNoLaterThanTheShortestBound() {
    Map<String, String> accepted = new Retention(TTL, Duration.ofDays(2)).accepted();

    assertThat(hours(accepted, "min.compaction.lag.ms")).isEqualTo(24);
    assertThat(hours(accepted, "max.compaction.lag.ms")).isEqualTo(24);
    assertThat(hours(accepted, "segment.ms")).isEqualTo(1);
    assertThat(hours(accepted, "delete.retention.ms")).isEqualTo(TTL.toHours());
  }

  @Test
  void shortTopicsHaveSegmentsNoLongerThanTheirRetention() {
    Map<String, String> hour = Retention.of(TTL).expiring(Duration.ofHours(1));

    assertThat(hours(hour, "retention.ms")).isEqualTo(1);
    assertThat(hours(hour, "segment.ms")).isEqualTo(1);
  }

  @Test
  void lessThanTwoDaysIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Retention(TTL, Duration.ofDays(2).minusMillis(1)))
        .withMessageContaining("at least PT48H");
  }

  private static long hours(Map<String, String> settings, String name) {
    return Duration.ofMillis(Long.parseLong(Objects.requireNonNull(settings.get(name)))).toHours();
  }
}
