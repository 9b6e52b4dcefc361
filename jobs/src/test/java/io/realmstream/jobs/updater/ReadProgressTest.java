package io.realmstream.jobs.updater;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReadProgressTest {
  private static final long NOTHING = Long.MIN_VALUE;

  private final ReadProgress progress = new ReadProgress();

  @Test
  void saysNothingWithoutAPartition() {
    progress.look(end(1_000, Map.of()));

    assertThat(progress.through()).isEqualTo(NOTHING);
  }

  @Test
  void saysNothingOfABacklogOfWhichNothingIsRead() {
    progress.begin(0, 5);
    progress.look(end(1_000, Map.of(0, 10L)));

    assertThat(progress.through()).isEqualTo(NOTHING);
  }

  @Test
  void isJustBeforeTheLargestTimestampWhileThereIsABacklog() {
    progress.begin(0, 5);
    progress.read(0, 5, 300);
    progress.read(0, 6, 200);
    progress.look(end(1_000, Map.of(0, 10L)));

    assertThat(progress.through()).isEqualTo(299);
  }

  @Test
  void isJustBeforeTheLookOnceTheEndIsReached() {
    progress.begin(0, 8);
    progress.read(0, 8, 300);
    progress.read(0, 9, 310);
    progress.look(end(1_000, Map.of(0, 10L)));

    assertThat(progress.through()).isEqualTo(999);
  }

  @Test
  void restoredPositionAtTheEndIsEnoughWithoutAnyRecord() {
    progress.begin(0, 10);
    progress.look(end(1_000, Map.of(0, 10L)));

    assertThat(progress.through()).isEqualTo(999);
  }

  @Test
  void emptyPartitionIsReadThrough() {
    progress.begin(0, -2);
    progress.look(end(1_000, Map.of(0, 0L)));

    assertThat(progress.through()).isEqualTo(999);
  }

  @Test
  void startFromTheFirstOffsetOfAShortenedLogIsABacklog() {
    progress.begin(0, -2);
    progress.look(new LogEnd(1_000, Map.of(0, 90L), Map.of(0, 100L)));

    assertThat(progress.through()).isEqualTo(NOTHING);
  }

  /** A later record may have the timestamp of the one before: both must be in what is claimed. */
  @Test
  void timestampIsClaimedOnlyWhenNoRecordBehindCanHaveIt() {
    progress.begin(0, 5);
    progress.read(0, 5, 300);
    progress.look(end(1_000, Map.of(0, 10L)));
    assertThat(progress.through()).isEqualTo(299);
    progress.read(0, 6, 300);
    progress.look(end(1_001, Map.of(0, 10L)));
    assertThat(progress.through()).isEqualTo(299);
    progress.read(0, 7, 301);
    progress.look(end(1_002, Map.of(0, 10L)));
    assertThat(progress.through()).isEqualTo(300);
  }

  @Test
  void leastPartitionCounts() {
    progress.begin(0, 10);
    progress.begin(1, 0);
    progress.read(1, 0, 400);
    progress.look(end(1_000, Map.of(0, 10L, 1, 7L)));

    assertThat(progress.through()).isEqualTo(399);
  }

  @Test
  void partitionThatTheLookDoesNotKnowStaysWhereItIs() {
    progress.begin(0, 10);
    progress.look(end(1_000, Map.of()));

    assertThat(progress.through()).isEqualTo(NOTHING);
  }

  private static LogEnd end(long at, Map<Integer, Long> ends) {
    Map<Integer, Long> begins =
        ends.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> 0L));
    return new LogEnd(at, begins, ends);
  }
}
