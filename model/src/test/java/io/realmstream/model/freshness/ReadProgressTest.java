package io.realmstream.model.freshness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReadProgressTest {
  private static final long NOTHING = PartitionRead.NOTHING;

  private final ReadProgress progress = new ReadProgress();

  @Test
  void saysNothingOfABacklogOfWhichNothingIsRead() {
    progress.begin(0, 5);
    look(1_000L, Map.of(0, 10L));

    assertThat(through(0)).isEqualTo(NOTHING);
  }

  @Test
  void lookCountsOnceItsEndIsPassedHoweverLongThatTakes() {
    progress.begin(0, 5);
    look(1_000L, Map.of(0, 8L));
    look(2_000L, Map.of(0, 10L));
    progress.read(0, 6);
    assertThat(through(0)).isEqualTo(NOTHING);

    progress.read(0, 7);
    assertThat(through(0)).isEqualTo(1_000);

    look(3_000L, Map.of(0, 12L));
    progress.read(0, 9);
    assertThat(through(0)).isEqualTo(2_000);
  }

  @Test
  void partitionAtRestIsReadThroughToTheLastLook() {
    progress.begin(0, 10);
    look(1_000L, Map.of(0, 10L));
    look(2_000L, Map.of(0, 10L));

    assertThat(through(0)).isEqualTo(2_000);
  }

  @Test
  void emptyPartitionIsReadThrough() {
    progress.begin(0, -2);
    look(1_000L, Map.of(0, 0L));

    assertThat(through(0)).isEqualTo(1_000);
  }

  @Test
  void startFromTheFirstOffsetOfAShortenedLogIsABacklog() {
    progress.begin(0, -2);
    progress.look(new LogLook(1_000L, 1, Map.of(0, new LogSpan(90, 100))));
    assertThat(through(0)).isEqualTo(NOTHING);

    progress.read(0, 99);
    assertThat(through(0)).isEqualTo(1_000);
  }

  @Test
  void partitionThatTheLookDoesNotKnowStaysWhereItIs() {
    progress.begin(0, 10);
    look(1_000L, Map.of());

    assertThat(through(0)).isEqualTo(NOTHING);
  }

  /** A record of whatever time may come behind the end. */
  @Test
  void nothingIsSaidWhileProducersGiveTheTimes() {
    progress.begin(0, 5);
    look(1_000L, Map.of(0, 8L));
    look(null, Map.of(0, 8L));
    progress.read(0, 7);

    assertThat(through(0)).isEqualTo(NOTHING);
  }

  @Test
  void marksOfTransactionsAtTheEndAreNoBacklog() {
    progress.begin(0, 5);
    progress.read(0, 8);
    look(1_000L, Map.of(0, 10L));
    assertThat(through(0)).isEqualTo(NOTHING);

    progress.look(new LogLook(2_000L, 1, Map.of(0, new LogSpan(0, 10, 9, 10))));
    assertThat(through(0)).isEqualTo(2_000);
  }

  /** A reader of what is committed does not get past it, nor is anything known behind it. */
  @Test
  void openTransactionHoldsTheClaim() {
    progress.begin(0, 9);
    look(1_000L, Map.of(0, 9L));
    progress.look(new LogLook(2_000L, 1, Map.of(0, new LogSpan(0, 15, 9, 12))));
    progress.look(new LogLook(3_000L, 1, Map.of(0, new LogSpan(0, 15, 12, 12))));

    assertThat(through(0)).isEqualTo(1_000);
  }

  @Test
  void emptyStretchElsewhereIsNoneHere() {
    progress.begin(0, 5);
    progress.look(new LogLook(1_000L, 1, Map.of(0, new LogSpan(0, 10, 6, 10))));

    assertThat(through(0)).isEqualTo(NOTHING);
  }

  @Test
  void recordsThatLeftTheTopicUnreadAreCountedOnce() {
    progress.begin(0, 5);
    progress.look(new LogLook(1_000L, 1, Map.of(0, new LogSpan(20, 30))));
    assertThat(progress.expired()).as("they may be in the reader's hands").isZero();

    progress.read(0, 20);
    progress.look(new LogLook(2_000L, 1, Map.of(0, new LogSpan(20, 30))));
    progress.read(0, 29);
    assertThat(progress.expired()).isEqualTo(15);
    assertThat(through(0)).isEqualTo(2_000);
  }

  @Test
  void recordsThatWereReadBeforeTheyLeftAreNotLost() {
    progress.begin(0, 5);
    progress.look(new LogLook(1_000L, 1, Map.of(0, new LogSpan(20, 30))));
    for (int offset = 5; offset < 30; offset++) {
      progress.read(0, offset);
    }
    assertThat(progress.expired()).isZero();
  }

  /** Marks of transactions and compacted records leave gaps, too. */
  @Test
  void gapBehindTheLogsBeginningIsNoLoss() {
    progress.begin(0, 5);
    progress.look(new LogLook(1_000L, 1, Map.of(0, new LogSpan(5, 30))));
    progress.read(0, 25);

    assertThat(progress.expired()).isZero();
  }

  @Test
  void allOfAPartitionMayBeGone() {
    progress.begin(0, 5);
    progress.look(new LogLook(1_000L, 1, Map.of(0, new LogSpan(30, 30, 5, 30))));

    assertThat(progress.expired()).isEqualTo(25);
    assertThat(through(0)).isEqualTo(1_000);
  }

  @Test
  void startFromTheFirstOffsetLosesNothing() {
    progress.begin(0, -2);
    progress.look(new LogLook(1_000L, 1, Map.of(0, new LogSpan(90, 100))));
    progress.read(0, 90);

    assertThat(progress.expired()).isZero();
  }

  @Test
  void longBacklogKeepsFewLooksAndStillComesThrough() {
    progress.begin(0, 0);
    for (int i = 1; i <= 10_000; i++) {
      look((long) i, Map.of(0, 10L * i));
    }
    for (int i = 1; i <= 10_000; i++) {
      progress.read(0, 10L * i - 1);
      assertThat(through(0)).isLessThanOrEqualTo(i);
    }
    assertThat(through(0)).isEqualTo(10_000);
  }

  @Test
  void saysHowManyPartitionsTheTopicHasAndWhereEachStands() {
    progress.begin(1, 3);
    progress.begin(2, -2);
    progress.look(new LogLook(1_000L, 4, Map.of(1, new LogSpan(0, 3))));

    ReadThrough said = progress.said();
    assertThat(said.partitions()).isEqualTo(4);
    assertThat(said.read())
        .containsExactly(new PartitionRead(1, 3, 1_000), new PartitionRead(2, -2, NOTHING));
  }

  private void look(@Nullable Long settledMs, Map<Integer, Long> ends) {
    Map<Integer, LogSpan> spans = new HashMap<>();
    ends.forEach((partition, end) -> spans.put(partition, new LogSpan(0, end)));
    progress.look(new LogLook(settledMs, 1, spans));
  }

  private long through(int partition) {
    return progress.said().read().stream()
        .filter(read -> read.partition() == partition)
        .findFirst()
        .orElseThrow()
        .throughMs();
  }
}
