package io.realmstream.jobs.wikipedia.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HostBudgetTest {
  @Test
  void noMinuteHasMoreThanItsNumberThoughTheProcessRestarts() {
    Random random = new Random(1);
    List<Long> sent = new ArrayList<>();
    HostBudget budget = new HostBudget(200, 0);
    for (long nowMs = 0; nowMs < 600_000; nowMs += 1 + random.nextInt(20)) {
      if (random.nextInt(5_000) == 0) {
        budget = new HostBudget(200, nowMs);
      }
      if (budget.allows(nowMs)) {
        sent.add(nowMs);
        budget.sent(nowMs);
        budget.answered();
      }
    }
    assertThat(sent).hasSizeGreaterThan(1_900);
    for (int i = 200; i < sent.size(); i++) {
      assertThat(sent.get(i) - sent.get(i - 200)).isGreaterThanOrEqualTo(60_000);
    }
  }

  @Test
  void aPauseDoublesUntilTheHostAnswers() {
    HostBudget budget = new HostBudget(60_000, 0);
    List<Long> pauses = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      budget.sent(0);
      budget.refused(0, 0);
      pauses.add(budget.earliestMs());
    }
    assertThat(pauses)
        .containsExactly(1_000L, 2_000L, 4_000L, 8_000L, 16_000L, 32_000L, 60_000L, 60_000L);
    budget.sent(100_000);
    budget.answered();
    budget.sent(100_001);
    budget.refused(100_001, 0);
    assertThat(budget.earliestMs()).isEqualTo(101_001);
  }

  @Test
  void aPauseThatIsAskedForIsKept() {
    HostBudget budget = new HostBudget(60_000, 0);
    budget.sent(0);
    budget.refused(0, 90_000);
    assertThat(budget.allows(89_999)).isFalse();
    assertThat(budget.allows(90_000)).isTrue();
  }

  @Test
  void silenceIsCountedFromTheFirstRefusalToTheNextAnswer() {
    HostBudget budget = new HostBudget(60_000, 0);
    assertThat(budget.silentMs(5_000)).isZero();
    budget.sent(10_000);
    budget.refused(10_000, 0);
    budget.sent(20_000);
    budget.refused(20_000, 0);
    assertThat(budget.silentMs(25_000)).isEqualTo(15_000);
    budget.sent(30_000);
    assertThat(budget.silentMs(30_000)).isEqualTo(20_000);
    budget.answered();
    assertThat(budget.silentMs(40_000)).isZero();
  }
}
