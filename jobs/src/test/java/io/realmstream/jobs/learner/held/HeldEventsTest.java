package io.realmstream.jobs.learner.held;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.learner.trunks.TopicPlace;
import io.realmstream.jobs.learner.trunks.TrunkEvent;
import io.realmstream.jobs.state.KeyedStateHarness;
import io.realmstream.model.learning.live.ReadTimes;
import io.realmstream.schemas.vectors.ShardRound;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Windows end at the times 10, 20, ... */
class HeldEventsTest {
  private static final int WINDOW_MS = 10;

  private final List<String> released = new ArrayList<>();

  @SuppressWarnings("NullAway.Init") // set before each test
  private KeyedStateHarness harness;

  @SuppressWarnings("NullAway.Init") // set before each test
  private HeldEvents held;

  @BeforeEach
  void open() throws Exception {
    harness = new KeyedStateHarness();
    held = open(ReadTimes.NONE);
  }

  @AfterEach
  void close() {
    harness.close();
  }

  @Test
  void aWindowLeavesInTheOrderOfTimeOnceEachPartitionWasRead() {
    round(1, place(0, 7, 4));
    round(3, place(0, 8, 12));
    beat(0, 10, 2);
    assertThat(held.isDue()).isFalse();
    round(2, place(1, 7, 4));
    round(0, place(1, 9, 2)); // its partition was at 4 already
    assertThat(release()).isFalse();
    beat(1, 15, 2);
    assertThat(held.isDue()).isTrue();
    assertThat(release()).isTrue();
    assertThat(released).containsExactly("1 at 0/7", "2 at 1/7", "0 at 1/9");
    assertThat(held.size()).isEqualTo(1);
    assertThat(release()).isFalse();
  }

  /** A shard's records may stand in two partitions at one offset, and a loss in front of one. */
  @Test
  void nothingOfAShardTakesThePlaceOfAnother() {
    round(2, place(0, 5, 3));
    round(2, place(1, 5, 3));
    harness.shard(2);
    held.take(TrunkEvent.gap(2, place(1, 5, 3)));
    beat(0, 10, 2);
    beat(1, 10, 2);
    assertThat(release()).isTrue();
    assertThat(released).containsExactly("2 at 0/5", "2 lost before 1/5", "2 at 1/5");
  }

  /** An hour's pause is no window to be stepped over. */
  @Test
  void windowsWithoutEventsArePassedOver() {
    round(2, place(0, 1, 55));
    round(2, place(0, 2, 3_600_061));
    beat(0, 4_000_000, 1);
    assertThat(release()).isTrue();
    assertThat(released).containsExactly("2 at 0/1");
    assertThat(release()).isTrue();
    assertThat(released).hasSize(2);
    assertThat(release()).isFalse();
  }

  /** Of partitions that are read abreast no more is held than came in two windows. */
  @Test
  void onePartitionMayHaveAThousandTimesTheRecordsOfAnother() {
    int most = 0;
    long offset = 0;
    for (int second = 0; second < 500; second++) {
      for (int i = 0; i < 100; i++) {
        round(1, place(0, offset++, second));
      }
      beat(0, second, 2);
      beat(1, second, 2);
      while (release()) {
        most = Math.max(most, released.size());
        released.clear();
      }
      assertThat(held.size()).isLessThanOrEqualTo(100 * WINDOW_MS + 100);
    }
    assertThat(most).isEqualTo(100 * WINDOW_MS);
  }

  @Test
  void aRestoreHoldsTheSame() throws Exception {
    round(2, place(0, 5, 5));
    round(1, place(0, 15, 15));
    beat(0, 20, 2);
    ReadTimes times = held.times();
    harness.restore();
    held = open(times);
    beat(1, 10, 2);
    assertThat(release()).isTrue();
    assertThat(released).containsExactly("2 at 0/5");
    held.releaseAll(this::released);
    assertThat(released).containsExactly("2 at 0/5", "1 at 0/15");
    assertThat(harness.entries()).isZero();
  }

  private HeldEvents open(ReadTimes times) {
    HeldEvents events = new HeldEvents(harness.context(), harness::shard, times, WINDOW_MS);
    events.load(KeyedStateHarness.SHARDS.count());
    return events;
  }

  private static TopicPlace place(int partition, long offset, long timeMs) {
    return new TopicPlace(partition, offset, timeMs);
  }

  private void round(int shard, TopicPlace place) {
    harness.shard(shard);
    held.take(TrunkEvent.of(new ShardRound(shard, 1, true, List.of(), List.of()), place));
  }

  private void beat(int partition, long timeMs, int partitions) {
    held.take(TrunkEvent.heartbeat(place(partition, 100, timeMs), partitions));
  }

  private boolean release() {
    return held.release(this::released);
  }

  private void released(TrunkEvent event) {
    String how = event.isGap() ? "lost before" : "at";
    TopicPlace place = event.place();
    released.add(event.shard() + " %s %d/%d".formatted(how, place.partition(), place.offset()));
  }
}
