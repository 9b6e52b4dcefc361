package io.realmstream.jobs.updater;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.version.VersionEntry;
import io.realmstream.schemas.version.VersionProposal;
import io.realmstream.schemas.version.VersionState;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // Flink's own harness says that its close may be interrupted
class VersionsOperatorTest {
  private static final int SHARDS = 4;

  @Test
  void tableGoesToEveryShardAtTheStartAndAfterEachChange() throws Exception {
    try (Harness versions = new Harness()) {
      versions.start(null);
      assertThat(versions.extractOutputValues())
          .extracting(ShardEvent::shard)
          .containsExactly(0, 1, 2, 3);

      versions.processElement(new StreamRecord<>(building("p1")));

      assertThat(versions.extractOutputValues()).hasSize(2 * SHARDS);
      assertThat(versionsOf(versions.extractOutputValues().get(SHARDS))).hasSize(1);
    }
  }

  @Test
  void ignoredProposalIsNotSent() throws Exception {
    try (Harness versions = new Harness()) {
      versions.start(null);
      versions.processElement(new StreamRecord<>(building("p1")));
      versions.processElement(new StreamRecord<>(building("p2")));

      assertThat(versions.extractOutputValues()).hasSize(2 * SHARDS);
    }
  }

  @Test
  void restoredTableIsSentUnderALaterRunThoughTheClockStandsStill() throws Exception {
    OperatorSubtaskState state;
    long run;
    try (Harness versions = new Harness()) {
      versions.start(null);
      versions.processElement(new StreamRecord<>(building("p1")));
      run = versions.extractOutputValues().get(0).run();
      state = versions.snapshot(1, 1);
    }
    try (Harness versions = new Harness()) {
      versions.start(state);

      assertThat(versions.extractOutputValues()).hasSize(SHARDS);
      assertThat(versions.extractOutputValues())
          .allSatisfy(
              event -> {
                assertThat(event.run()).isGreaterThan(run);
                assertThat(versionsOf(event)).hasSize(1);
              });
    }
  }

  private static List<VersionEntry> versionsOf(ShardEvent event) {
    return Objects.requireNonNull(event.table()).versions();
  }

  private static VersionProposal building(String id) {
    return new VersionProposal(
        id,
        1,
        null,
        VersionState.BUILDING,
        "test",
        null,
        DocumentsHarness.CHECKPOINT,
        null,
        Instant.EPOCH);
  }

  private static final class Harness
      extends OneInputStreamOperatorTestHarness<VersionProposal, ShardEvent> {
    Harness() throws Exception {
      super(new VersionsOperator(SHARDS));
    }

    void start(@Nullable OperatorSubtaskState restored) throws Exception {
      setup();
      initializeState(restored);
      open();
      setProcessingTime(1);
    }
  }
}
