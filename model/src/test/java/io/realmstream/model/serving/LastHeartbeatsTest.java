package io.realmstream.model.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.state.HeapTable;
import io.realmstream.schemas.vectors.Heartbeat;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LastHeartbeatsTest {
  private final HeapTable<Integer, Heartbeat> table = new HeapTable<>();
  private final LastHeartbeats beats = new LastHeartbeats(table);

  @Test
  void theLeastOfAllSubtasksCountsOnceAllHaveBeaten() {
    assertThat(beats.add(beat(1, 0, 20))).isNull();
    assertThat(beats.add(beat(1, 1, 10))).isEqualTo(Instant.ofEpochMilli(10));
    assertThat(beats.add(beat(1, 1, 30))).isEqualTo(Instant.ofEpochMilli(20));
  }

  @Test
  void aNewRunStartsOver() {
    beats.add(beat(1, 0, 20));
    beats.add(beat(1, 1, 20));
    assertThat(beats.add(beat(2, 0, 5))).isNull();
    assertThat(table.size()).isEqualTo(1);
    assertThat(beats.add(beat(2, 1, 6))).isEqualTo(Instant.ofEpochMilli(5));
  }

  @Test
  void anEarlierRunIsIgnored() {
    beats.add(beat(2, 0, 20));
    assertThat(beats.add(beat(1, 1, 10))).isNull();
    assertThat(table.size()).isEqualTo(1);
  }

  private static Heartbeat beat(long run, int subtask, long throughMs) {
    return new Heartbeat(
        run, subtask, 2, Instant.ofEpochMilli(throughMs), 1, 4, List.of(), List.of());
  }
}
