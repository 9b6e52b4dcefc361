package io.realmstream.model.serving.cell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnsettledTest {
  private static final long WINDOW_MS = 100;

  private final Unsettled unsettled = new Unsettled(WINDOW_MS, Long.MIN_VALUE);

  @Test
  void changesCountWithinTheWindow() {
    unsettled.change(1, 3, 0);
    unsettled.change(1, 3, 50);
    unsettled.change(1, 4, 50);
    unsettled.change(2, 3, 50);
    assertThat(unsettled.of(1, 3, 99)).isEqualTo(2);
    assertThat(unsettled.of(1, 99)).isEqualTo(3);
    assertThat(unsettled.of(1, 3, 100)).isEqualTo(1);
    assertThat(unsettled.of(1, 150)).isZero();
  }

  @Test
  void atMostSoManyAreCounted() {
    Unsettled many = new Unsettled(10_000, Long.MIN_VALUE);
    for (int i = 0; i <= Unsettled.COUNTED_MAX; i++) {
      many.change(1, 3, i);
      many.change(1, 4, i);
    }
    assertThat(many.of(1, 3, 300)).isEqualTo(Unsettled.COUNTED_MAX);
    assertThat(many.of(1, 300)).isEqualTo(Unsettled.COUNTED_MAX);
  }

  @Test
  void afterARestoreTheMostIsAssumedForAWhile() {
    Unsettled restored = new Unsettled(WINDOW_MS, 200);
    assertThat(restored.of(1, 3, 199)).isEqualTo(Unsettled.COUNTED_MAX);
    assertThat(restored.of(1, 199)).isEqualTo(Unsettled.COUNTED_MAX);
    assertThat(restored.of(1, 200)).isZero();
  }

  @Test
  void withoutAWindowNothingCounts() {
    Unsettled none = new Unsettled(0, Long.MIN_VALUE);
    none.change(1, 3, 5);
    assertThat(none.of(1, 3, 5)).isZero();
  }

  @Test
  void aVersionThatEndedIsForgotten() {
    unsettled.change(1, 3, 0);
    unsettled.change(1, 4, 0);
    unsettled.forget(1, 3);
    assertThat(unsettled.of(1, 1)).isEqualTo(1);
  }
}
