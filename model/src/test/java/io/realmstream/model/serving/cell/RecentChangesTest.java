package io.realmstream.model.serving.cell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentChangesTest {
  private static final long WINDOW_MS = 100;

  private final RecentChanges recentChanges = new RecentChanges(WINDOW_MS, Long.MIN_VALUE);

  @Test
  void changesCountWithinTheWindow() {
    recentChanges.change(1, 3, 0);
    recentChanges.change(1, 3, 50);
    recentChanges.change(1, 4, 50);
    recentChanges.change(2, 3, 50);
    assertThat(recentChanges.of(1, 3, 99)).isEqualTo(2);
    assertThat(recentChanges.of(1, 99)).isEqualTo(3);
    assertThat(recentChanges.of(1, 3, 100)).isEqualTo(1);
    assertThat(recentChanges.of(1, 150)).isZero();
  }

  @Test
  void atMostSoManyAreCounted() {
    RecentChanges many = new RecentChanges(10_000, Long.MIN_VALUE);
    for (int i = 0; i <= RecentChanges.COUNTED_MAX; i++) {
      many.change(1, 3, i);
      many.change(1, 4, i);
    }
    assertThat(many.of(1, 3, 300)).isEqualTo(RecentChanges.COUNTED_MAX);
    assertThat(many.of(1, 300)).isEqualTo(RecentChanges.COUNTED_MAX);
  }

  @Test
  void afterARestoreTheMostIsAssumedForAWhile() {
    RecentChanges restored = new RecentChanges(WINDOW_MS, 200);
    assertThat(restored.of(1, 3, 199)).isEqualTo(RecentChanges.COUNTED_MAX);
    assertThat(restored.of(1, 199)).isEqualTo(RecentChanges.COUNTED_MAX);
    assertThat(restored.of(1, 200)).isZero();
  }

  @Test
  void withoutAWindowNothingCounts() {
    RecentChanges none = new RecentChanges(0, Long.MIN_VALUE);
    none.change(1, 3, 5);
    assertThat(none.of(1, 3, 5)).isZero();
  }

  @Test
  void aVersionThatEndedIsForgotten() {
    recentChanges.change(1, 3, 0);
    recentChanges.change(1, 4, 0);
    recentChanges.forget(1, 3);
    assertThat(recentChanges.of(1, 1)).isEqualTo(1);
  }
}
