package io.realmstream.jobs.learner.held;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.learner.trunks.TrunkEvent;
import io.realmstream.jobs.state.KeyedStateHarness;
import io.realmstream.model.learning.live.OffsetWindow;
import io.realmstream.model.learning.live.OffsetWindow.Mark;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two partitions, whose windows end at the offsets 10, 20, ... */
class HeldEventsTest {
  private static final int SIZE = 10;

  private final List<String> released = new ArrayList<>();

  @SuppressWarnings("NullAway.Init") // set before each test
  private KeyedStateHarness harness;

  @SuppressWarnings("NullAway.Init") // set before each test
  private HeldEvents held;

  @BeforeEach
  void open() throws Exception {
    harness = new KeyedStateHarness();
    held = open(OffsetWindow.first(SIZE));
  }

  @AfterEach
  void close() {
    harness.close();
  }

  @Test
  void aWindowLeavesInTheOrderOfOffsetsOnceItIsRead() {
    hold(1, 7);
    hold(3, 12);
    hold(2, 7);
    hold(0, 2);
    held.read(new Mark(0, 10, 2));
    assertThat(release()).isFalse();
    held.read(new Mark(1, 15, 2));
    assertThat(release()).isTrue();
    assertThat(released).containsExactly("0 2", "1 7", "2 7");
    assertThat(held.size()).isEqualTo(1);
    assertThat(release()).isFalse();
  }

  @Test
  void windowsWithoutDocumentsArePassedOver() {
    hold(2, 55);
    hold(2, 61);
    held.read(new Mark(0, 90, 2));
    held.read(new Mark(1, 90, 2));
    assertThat(release()).isTrue();
    assertThat(released).containsExactly("2 55");
    assertThat(held.window().end()).isEqualTo(70);
    assertThat(release()).isTrue();
    assertThat(release()).isFalse();
    assertThat(held.window().end()).isEqualTo(100);
  }

  @Test
  void aRestoreHoldsTheSame() throws Exception {
    hold(2, 5);
    hold(1, 15);
    held.read(new Mark(0, 10, 2));
    OffsetWindow window = held.window();
    harness.restore();
    held = open(window);
    held.read(new Mark(1, 10, 2));
    assertThat(release()).isTrue();
    assertThat(released).containsExactly("2 5");
    held.releaseAll(this::released);
    assertThat(released).containsExactly("2 5", "1 15");
    assertThat(harness.entries()).isZero();
  }

  private HeldEvents open(OffsetWindow window) {
    HeldEvents events = new HeldEvents(harness.context(), harness::shard, window, SIZE);
    events.load(KeyedStateHarness.SHARDS.count());
    return events;
  }

  private void hold(int shard, long offset) {
    harness.shard(shard);
    held.hold(TrunkEvent.gap(shard, offset));
  }

  private boolean release() {
    return held.release(this::released);
  }

  private void released(TrunkEvent event) {
    released.add(event.shard() + " " + event.offset());
  }
}
