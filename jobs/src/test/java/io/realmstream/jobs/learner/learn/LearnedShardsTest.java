package io.realmstream.jobs.learner.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.Shards;
import io.realmstream.jobs.learner.trunks.TrunkEvent;
import io.realmstream.schemas.vectors.RepublicationRequest;
import io.realmstream.schemas.vectors.ShardRound;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** What the learner asks for once more. */
class LearnedShardsTest {
  private static final int SHARD = new Shards(LearnHarness.SHARDS).ofDocument("d");

  @Test
  void aLossIsAskedForUntilTheShardWasPublishedAgain() throws Exception {
    try (LearnHarness learner = new LearnHarness(10)) {
      learner.take(TrunkEvent.gap(3, LearnHarness.PLACE));
      learner.pass(1_000);
      RepublicationRequest request = learner.requests().get(0);
      assertThat(request.shard()).isEqualTo(3);
      assertThat(request.shards()).isEqualTo(LearnHarness.SHARDS);
      assertThat(request.by()).isEqualTo("learn");
      learner.pass(6_000);
      assertThat(learner.requests()).hasSize(2);

      learner.take(
          TrunkEvent.of(new ShardRound(3, 1, false, List.of(), List.of()), LearnHarness.PLACE));
      learner.pass(20_000);
      assertThat(learner.requests()).hasSize(2);
      learner.take(
          TrunkEvent.of(new ShardRound(3, 1, true, List.of(1), List.of(1)), LearnHarness.PLACE));
      for (int i = 0; i < 10; i++) {
        learner.pass(60_000);
      }
      assertThat(learner.requests()).hasSize(2);
    }
  }

  /** The updater ran without learning before. */
  @Test
  void aDocumentWithoutTrunkOutputsIsAskedFor() throws Exception {
    try (LearnHarness learner = new LearnHarness(10)) {
      learner.document("d", Outputs.text(1), false);
      learner.pass(1_000);
      assertThat(learner.requests()).hasSize(1);
      assertThat(learner.requests().get(0).shard()).isEqualTo(SHARD);
    }
  }

  @Test
  void aRoundDoesNotRepairALossInsideIt() throws Exception {
    try (LearnHarness learner = new LearnHarness(10)) {
      learner.take(TrunkEvent.gap(3, LearnHarness.PLACE));
      learner.pass(1_000);
      begin(learner, 3);
      learner.take(TrunkEvent.gap(3, LearnHarness.PLACE));
      end(learner, 3);
      learner.pass(60_000);
      assertThat(learner.requests()).hasSize(2);
    }
  }

  @Test
  void anUpdaterThatDoesNotLearnIsAskedOnceAndAgainWhenItDoes() throws Exception {
    try (LearnHarness learner = new LearnHarness(10)) {
      for (int i = 1; i <= 3; i++) {
        learner.document("d", Outputs.text(i), false);
        learner.pass(1_000);
        begin(learner, SHARD);
        end(learner, SHARD);
        learner.pass(60_000);
        assertThat(learner.requests()).hasSize(1);
      }
      learner.document("d", Outputs.text(4), true);
      learner.pass(1_000);
      assertThat(learner.requests()).hasSize(2);
    }
  }

  private static void begin(LearnHarness learner, int shard) throws Exception {
    learner.take(
        TrunkEvent.of(new ShardRound(shard, 1, false, List.of(), List.of()), LearnHarness.PLACE));
  }

  private static void end(LearnHarness learner, int shard) throws Exception {
    learner.take(
        TrunkEvent.of(new ShardRound(shard, 1, true, List.of(1), List.of(1)), LearnHarness.PLACE));
  }

  @Test
  void aRestoredLearnerStillAsks() throws Exception {
    OperatorSubtaskState state;
    try (LearnHarness learner = new LearnHarness(10)) {
      learner.take(TrunkEvent.gap(3, LearnHarness.PLACE));
      state = learner.snapshot();
    }
    try (LearnHarness restored = new LearnHarness(10, state)) {
      restored.pass(1_000);
      assertThat(restored.requests()).hasSize(1);
    }
  }

  @Test
  void whatIsToldIsNotAskedFor() throws Exception {
    try (LearnHarness learner = new LearnHarness(10)) {
      learner.document("d", Outputs.text(1), true);
      learner.delete("d");
      learner.pass(60_000);
      assertThat(learner.requests()).isEmpty();
    }
  }
}
