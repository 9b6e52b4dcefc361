package io.realmstream.model.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetryPausesTest {
  private final RetryPauses pauses = new RetryPauses();

  @Test
  void whatHasNotFailedIsDue() {
    assertThat(pauses.isDue(0)).isTrue();
    assertThat(pauses.isDue(1_000_000)).isTrue();
    assertThat(pauses.failures()).isZero();
  }

  @Test
  void pausesDoubleUpToAMinute() {
    List<Long> seconds = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      seconds.add(pauseMs() / 1_000);
    }

    assertThat(seconds).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
    assertThat(pauses.failures()).isEqualTo(9);
  }

  @Test
  void clockThatWasSetBackDoesNotMakeItWait() {
    pauses.failed(1_000_000);

    assertThat(pauses.isDue(1_000_999)).isFalse();
    assertThat(pauses.isDue(999_999)).isTrue();
  }

  /** How long after a failure it is due, by trying each tenth of a second. */
  private long pauseMs() {
    pauses.failed(0);
    long nowMs = 0;
    while (!pauses.isDue(nowMs)) {
      nowMs += 100;
    }
    return nowMs;
  }
}
