package io.realmstream.jobs.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.transport.ProgressEntry;
import io.realmstream.schemas.vectors.Heartbeat;
import io.realmstream.schemas.vectors.ShardPosition;
import io.realmstream.schemas.vectors.VectorRecord;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.junit.jupiter.api.Test;

class ProgressStateTest {
  private static final int SHARDS = 4;
  private static final long RUN = 77;

  @Test
  void eachShardIsCountedByItself() throws Exception {
    ProgressState progress = new ProgressState(new Kept());
    assertThat(progress.take(0, record(0, 1))).isTrue();
    assertThat(progress.take(1, record(1, 1))).isTrue();
    assertThat(progress.take(0, record(0, 2))).isTrue();
    assertThat(progress.take(1, record(1, 3))).isFalse();
  }

  @Test
  void aRecordWithoutANumberMissesNothing() throws Exception {
    ProgressState progress = new ProgressState(new Kept());
    assertThat(progress.take(0, VectorRecord.unnumbered(beat()))).isTrue();
  }

  @Test
  void whatAHeartbeatNamesAndDidNotComeIsMissedOnce() throws Exception {
    ProgressState progress = new ProgressState(new Kept());
    assertThat(progress.take(0, record(0, 1))).isTrue();
    Heartbeat beat = beat(position(0, 1), position(1, 5));
    assertThat(progress.missed(beat, SHARDS)).containsExactly(1);
    assertThat(progress.missed(beat, SHARDS)).isEmpty();
    assertThat(progress.take(1, record(1, 6))).isTrue();
  }

  @Test
  void aShardThatIsNoneIsPassedOver() throws Exception {
    ProgressState progress = new ProgressState(new Kept());
    assertThat(progress.missed(beat(position(SHARDS, 1)), SHARDS)).isEmpty();
  }

  @Test
  void itGoesOnFromASnapshot() throws Exception {
    Kept kept = new Kept();
    ProgressState before = new ProgressState(kept);
    assertThat(before.take(2, record(2, 1))).isTrue();
    before.snapshot();
    assertThat(before.take(2, record(2, 2))).isTrue(); // lost with the run

    ProgressState after = new ProgressState(kept);
    assertThat(after.take(2, record(2, 2))).isTrue();
    assertThat(after.take(2, record(2, 4))).isFalse();
  }

  /** The union of several subtasks' lists has a shard twice after it moved: more records, newer. */
  @Test
  void ofTwoEntriesOfAShardTheNewerCounts() throws Exception {
    Kept kept = new Kept();
    kept.entries.add(new ProgressEntry(0, 9, List.of(position(0, 9))));
    kept.entries.add(new ProgressEntry(0, 3, List.of(position(0, 3))));
    assertThat(new ProgressState(kept).take(0, record(0, 10))).isTrue();
  }

  private static VectorRecord record(int shard, long number) {
    return new VectorRecord(beat(), position(shard, number), null, false);
  }

  private static ShardPosition position(int shard, long number) {
    return new ShardPosition(shard, RUN, number);
  }

  private static Heartbeat beat(ShardPosition... last) {
    return new Heartbeat(RUN, 0, 1, Heartbeat.NOTHING, 1, SHARDS, List.of(), List.of(last));
  }

  /** A list in memory in place of Flink's. */
  private static final class Kept implements ListState<ProgressEntry> {
    private final List<ProgressEntry> entries = new ArrayList<>();

    @Override
    public Iterable<ProgressEntry> get() {
      return List.copyOf(entries);
    }

    @Override
    public void update(List<ProgressEntry> values) {
      entries.clear();
      entries.addAll(values);
    }

    @Override
    public void add(ProgressEntry value) {
      entries.add(value);
    }

    @Override
    public void addAll(List<ProgressEntry> values) {
      entries.addAll(values);
    }

    @Override
    public void clear() {
      entries.clear();
    }
  }
}
