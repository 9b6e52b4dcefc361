package io.realmstream.deploy.client.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.schemas.vectors.Heartbeat;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeartbeatsTest {
  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

  private final Heartbeats beats = new Heartbeats();
  private int subtasks = 2;
  private int partitions = 2;

  @Test
  void slowestSubtaskOfTheSlowestPartitionCounts() {
    beats.add(0, beat(1, 0, 9));
    beats.add(0, beat(1, 1, 5));
    beats.add(1, beat(1, 0, 7));
    beats.add(1, beat(1, 1, 8));
    assertThat(beats.through()).isEqualTo(TIME.plusSeconds(5));
    beats.add(0, beat(1, 1, 8));
    assertThat(beats.through()).isEqualTo(TIME.plusSeconds(7));
  }

  @Test
  void silentPartitionOrSubtaskMeansUnknown() {
    assertThat(beats.through()).isNull();
    beats.add(0, beat(1, 0, 0));
    beats.add(1, beat(1, 0, 0));
    beats.add(0, beat(1, 1, 0));
    assertThat(beats.through()).isNull();
    beats.add(1, beat(1, 1, 0));
    assertThat(beats.through()).isEqualTo(TIME);
  }

  @Test
  void earlierRunsNoLongerCount() {
    partitions = 1;
    beats.add(0, beat(1, 0, 0));
    subtasks = 1;
    beats.add(0, beat(2, 0, 5));
    subtasks = 2;
    beats.add(0, beat(1, 1, 0));
    assertThat(beats.through()).isEqualTo(TIME.plusSeconds(5));
  }

  /** The topic may have more, or had fewer for an earlier run. */
  @Test
  void partitionsThatTheRunWritesCount() {
    subtasks = 1;
    partitions = 4;
    beats.add(3, beat(1, 0, 9));
    partitions = 2;
    beats.add(0, beat(2, 0, 5));
    assertThat(beats.through()).isNull();
    beats.add(1, beat(2, 0, 5));
    assertThat(beats.through()).isEqualTo(TIME.plusSeconds(5));
    assertThat(beats.newest()).isEqualTo(beat(2, 0, 5));
  }

  @Test
  void runThatKnowsNothingMeansUnknown() {
    beats.add(0, new Heartbeat(1, 0, 1, Heartbeat.NOTHING, 1, 16, List.of(), List.of()));
    assertThat(beats.through()).isNull();
  }

  private Heartbeat beat(long run, int subtask, long second) {
    Instant through = TIME.plusSeconds(second);
    return new Heartbeat(run, subtask, subtasks, through, partitions, 16, List.of(), List.of());
  }
}
