package io.realmstream.deploy.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
  @Test
  void rateAndTimeLeftFollowFromWhatIsDone() {
    Pace pace = new Pace(2_575, 10_300, Duration.ofSeconds(50));
    assertThat(pace.perSecond()).isEqualTo(51.5);
    assertThat(pace.left()).isEqualTo(Duration.ofSeconds(150));
    assertThat(pace.describe("documents"))
        .isEqualTo("2,575 of about 10,300 documents (25 %), 51.5/s, 2 min 30 s left");
  }

  @Test
  void unknownTotalHasNoPercentAndNoTimeLeft() {
    assertThat(new Pace(120, 0, Duration.ofSeconds(60)).describe("documents"))
        .isEqualTo("120 documents, 2.0/s");
  }

  @Test
  void nothingDoneYetPromisesNothing() {
    assertThat(new Pace(0, 10, Duration.ofSeconds(3)).describe("questions"))
        .isEqualTo("0 of about 10 questions (0 %)");
  }

  @Test
  void hundredPercentMeansDone() {
    assertThat(new Pace(999, 1000, Duration.ofSeconds(1)).percent()).hasValue(99);
    assertThat(new Pace(1000, 1000, Duration.ofSeconds(1)).percent()).hasValue(100);
    assertThat(new Pace(1000, 1000, Duration.ofSeconds(1)).left()).isZero();
  }

  @Test
  void hoursLeaveSecondsOut() {
    assertThat(Pace.spell(Duration.ofSeconds(7_509))).isEqualTo("2 h 5 min");
    assertThat(Pace.spell(Duration.ofSeconds(7))).isEqualTo("7 s");
  }
}
