package io.realmstream.deploy.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.schemas.vectors.Heartbeat;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HeartbeatsTest {
  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

  private final Heartbeats beats = new Heartbeats();

  @Test
  void slowestSubtaskOfTheSlowestPartitionCounts() {
    beats.add(0, new Heartbeat(1, 0, 2, TIME.plusSeconds(9)));
    beats.add(0, new Heartbeat(1, 1, 2, TIME.plusSeconds(5)));
    beats.add(1, new Heartbeat(1, 0, 2, TIME.plusSeconds(7)));
    beats.add(1, new Heartbeat(1, 1, 2, TIME.plusSeconds(8)));
    assertThat(beats.through(2)).isEqualTo(TIME.plusSeconds(5));
    beats.add(0, new Heartbeat(1, 1, 2, TIME.plusSeconds(8)));
    assertThat(beats.through(2)).isEqualTo(TIME.plusSeconds(7));
  }

  @Test
  void silentPartitionOrSubtaskMeansUnknown() {
    assertThat(beats.through(1)).isNull();
    beats.add(0, new Heartbeat(1, 0, 2, TIME));
    assertThat(beats.through(1)).isNull();
    beats.add(0, new Heartbeat(1, 1, 2, TIME));
    assertThat(beats.through(1)).isEqualTo(TIME);
    assertThat(beats.through(2)).isNull();
  }

  @Test
  void earlierRunsNoLongerCount() {
    beats.add(0, new Heartbeat(1, 0, 2, TIME));
    beats.add(0, new Heartbeat(2, 0, 1, TIME.plusSeconds(5)));
    beats.add(0, new Heartbeat(1, 1, 2, TIME));
    assertThat(beats.through(1)).isEqualTo(TIME.plusSeconds(5));
  }
}
