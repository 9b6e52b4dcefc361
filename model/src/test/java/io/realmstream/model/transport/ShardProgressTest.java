package io.realmstream.model.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.schemas.vectors.ShardPosition;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ShardProgressTest {
  private final ShardProgress progress = new ShardProgress();

  @Test
  void recordsInOrderFollowEachOther() {
    assertThat(take(1, 1, null)).isTrue();
    assertThat(take(1, 2, null)).isTrue();
    assertThat(take(1, 3, null)).isTrue();
  }

  @Test
  void readerWithoutStateInTheMiddleOfARunIsBehindAGap() {
    assertThat(take(1, 7, null)).isFalse();
    assertThat(take(1, 8, null)).isTrue();
  }

  @Test
  void readerWithoutStateBehindALostRunIsBehindAGap() {
    assertThat(take(2, 1, at(1, 9))).isFalse();
  }

  @Test
  void lostRecordIsAGapOnce() {
    take(1, 1, null);
    assertThat(take(1, 3, null)).isFalse();
    assertThat(take(1, 4, null)).isTrue();
  }

  @Test
  void runMayGoOnFromBeforeWhatTheLastOneSent() {
    take(1, 1, null);
    take(1, 2, null);
    take(1, 3, null);
    assertThat(take(2, 1, at(1, 2))).isTrue();
    assertThat(take(2, 2, null)).isTrue();
  }

  @Test
  void runThatGoesOnFromWhatNeverCameIsBehindAGap() {
    take(1, 1, null);
    assertThat(take(2, 1, at(1, 2))).isFalse();
  }

  @Test
  void firstRecordOfARunIsMissedByTheSecond() {
    take(1, 1, null);
    assertThat(take(2, 2, null)).isFalse();
  }

  /** The run between was killed before its first checkpoint; its records came all the same. */
  @Test
  void twoRunsMayGoOnFromTheSameRecord() {
    take(1, 1, null);
    assertThat(take(2, 1, at(1, 1))).isTrue();
    assertThat(take(3, 1, at(1, 1))).isTrue();
  }

  /** Its numbers would fit the run before last, but all of the last is lost. */
  @Test
  void runBehindALostRunIsBehindAGapWhateverTheNumbers() {
    for (int number = 1; number <= 20; number++) {
      take(1, number, null);
    }
    assertThat(take(3, 1, at(2, 5))).isFalse();
  }

  @Test
  void updaterBegunAnewIsBehindAGapForAReaderThatHasState() {
    take(1, 1, null);
    assertThat(take(2, 1, null)).isFalse();
  }

  /** What an updater that is gone had on its way to the broker. */
  @Test
  void recordsOfTwoRunsMayInterleave() {
    take(1, 1, null);
    assertThat(take(2, 1, at(1, 1))).isTrue();
    assertThat(take(1, 2, null)).isTrue();
    assertThat(take(2, 2, null)).isTrue();
  }

  @Test
  void lostTailIsKnownByWhatWasSentLast() {
    take(1, 1, null);
    assertThat(progress.hasReached(at(1, 1))).isTrue();
    assertThat(progress.hasReached(at(1, 2))).isFalse();
    assertThat(progress.hasReached(at(2, 1))).isFalse();
    progress.skip(at(1, 2));
    assertThat(progress.hasReached(at(1, 2))).isTrue();
    assertThat(take(1, 3, null)).isTrue();
  }

  @Test
  void yearOfStartsIsBounded() {
    take(1, 1, null);
    for (int run = 2; run < 1_000; run++) {
      assertThat(take(run, 1, at(run - 1, 1))).isTrue();
    }
    assertThat(progress.entry(3).reached()).hasSize(ShardProgress.RUNS_MAX);
    assertThat(take(1_000, 1, at(1, 1))).as("from a run long forgotten").isFalse();
  }

  @Test
  void newerOfTwoEntriesIsTakenUp() {
    take(1, 1, null);
    ProgressEntry before = progress.entry(3);
    take(1, 2, null);
    ProgressEntry after = progress.entry(3);
    for (List<ProgressEntry> order : List.of(List.of(before, after), List.of(after, before))) {
      ShardProgress restored = new ShardProgress();
      order.forEach(restored::restore);
      assertThat(restored.take(at(1, 3), null)).isTrue();
      assertThat(restored.entry(3).records()).isEqualTo(3);
    }
  }

  private boolean take(long run, long number, @Nullable ShardPosition follows) {
    return progress.take(at(run, number), follows);
  }

  private static ShardPosition at(long run, long number) {
    return new ShardPosition(3, run, number);
  }
}
