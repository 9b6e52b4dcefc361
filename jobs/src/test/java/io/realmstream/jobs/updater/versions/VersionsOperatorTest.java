package io.realmstream.jobs.updater.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.realmstream.jobs.updater.documents.ShardEvent;
import io.realmstream.jobs.versions.VersionStep;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.version.VersionEntry;
import io.realmstream.schemas.version.StateChange;
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
  void tableGoesToEveryShardAtTheLogsEndAndAfterEachChange() throws Exception {
    try (Harness versions = new Harness()) {
      versions.start(null);
      assertThat(versions.extractOutputValues()).isEmpty();
      versions.end();
      assertThat(versions.extractOutputValues())
          .extracting(ShardEvent::shard)
          .containsExactly(0, 1, 2, 3);

      versions.take(building("p1"));

      assertThat(versions.extractOutputValues()).hasSize(2 * SHARDS);
      assertThat(versionsOf(versions.extractOutputValues().get(SHARDS))).hasSize(1);
    }
  }

  /** What was in force before then is nobody's business any more. */
  @Test
  void noShardHearsOfWhatWasInForceBeforeTheLogsEnd() throws Exception {
    try (Harness versions = new Harness()) {
      versions.start(null);
      versions.take(building("p1"));
      versions.take(moved("p2", VersionState.BUILDING, VersionState.ACTIVE));
      versions.take(moved("p3", VersionState.ACTIVE, VersionState.READY));
      assertThat(versions.extractOutputValues()).isEmpty();
      versions.end();

      assertThat(versions.extractOutputValues()).hasSize(SHARDS);
      assertThat(versionsOf(versions.extractOutputValues().get(0)))
          .extracting(VersionEntry::state, VersionEntry::complete)
          .containsExactly(tuple(VersionState.ACTIVE, true));
    }
  }

  @Test
  void ignoredProposalIsNotSent() throws Exception {
    try (Harness versions = new Harness()) {
      versions.start(null);
      versions.end();
      versions.take(building("p1"));
      versions.take(building("p2"));

      assertThat(versions.extractOutputValues()).hasSize(2 * SHARDS);
    }
  }

  @Test
  void restoredTableIsSentUnderALaterRunThoughTheClockStandsStill() throws Exception {
    OperatorSubtaskState state;
    long run;
    try (Harness versions = new Harness()) {
      versions.start(null);
      versions.end();
      versions.take(building("p1"));
      run = versions.extractOutputValues().get(0).run();
      state = versions.snapshot(1, 1);
    }
    try (Harness versions = new Harness()) {
      versions.start(state);
      versions.end();

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
        new StateChange(null, VersionState.BUILDING),
        "test",
        null,
        DefaultCheckpoints.minilm(),
        null,
        Instant.EPOCH);
  }

  private static VersionProposal moved(String id, VersionState from, VersionState to) {
    return new VersionProposal(
        id, 1, new StateChange(from, to), "test", null, null, null, Instant.EPOCH);
  }

  private static final class Harness
      extends OneInputStreamOperatorTestHarness<VersionStep, ShardEvent> {
    Harness() throws Exception {
      super(new VersionsOperator(SHARDS));
    }

    void start(@Nullable OperatorSubtaskState restored) throws Exception {
      setup();
      initializeState(restored);
      open();
      setProcessingTime(1);
    }

    void take(VersionProposal proposal) throws Exception {
      processElement(new StreamRecord<>(new VersionStep(proposal)));
    }

    void end() throws Exception {
      processElement(new StreamRecord<>(VersionStep.END));
    }
  }
}
