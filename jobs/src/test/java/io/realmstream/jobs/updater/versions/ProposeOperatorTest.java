package io.realmstream.jobs.updater.versions;

import static io.realmstream.schemas.version.VersionState.ACTIVE;
import static io.realmstream.schemas.version.VersionState.BUILDING;
import static io.realmstream.schemas.version.VersionState.READY;
import static io.realmstream.schemas.version.VersionState.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.Models;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.schemas.version.EncoderTower;
import io.realmstream.schemas.version.Part;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import io.realmstream.schemas.version.StateChange;
import io.realmstream.schemas.version.VersionProposal;
import io.realmstream.schemas.version.VersionState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProposeOperatorTest {
  private static final RetrieverCheckpoint CHECKPOINT = DefaultCheckpoints.minilm();
  private static final RetrieverCheckpoint SCALED =
      CHECKPOINT.with(
          CHECKPOINT.documentTower(), CHECKPOINT.queryTower(), CHECKPOINT.scoreScale() + 1);
  private static final long PATIENCE_NANOS = Duration.ofMinutes(2).toNanos();

  @Test
  void firstCheckpointIsTriedProposedAndActivated() throws Exception {
    try (Harness propose = Harness.start(null)) {
      propose.checkpoint(CHECKPOINT);
      VersionProposal building = propose.await(1);
      assertThat(building.version()).isEqualTo(1);
      assertThat(building.change().from()).isNull();
      assertThat(building.change().to()).isEqualTo(BUILDING);
      assertThat(building.checkpoint()).isEqualTo(CHECKPOINT);

      propose.log(building);
      VersionProposal active = propose.await(2);
      assertThat(active.change().from()).isEqualTo(BUILDING);
      assertThat(active.change().to()).isEqualTo(ACTIVE);
      assertThat(active.checkpoint()).isNull();

      propose.log(active);
      propose.checkpoint(CHECKPOINT);
      assertThat(propose.proposals()).hasSize(2);
    }
  }

  @Test
  void checkpointWithAWrongDigestIsRefusedWithItsReason() throws Exception {
    try (Harness propose = Harness.start(null)) {
      propose.checkpoint(withWrongDigest());
      VersionProposal refused = propose.await(1);

      assertThat(refused.change().from()).isNull();
      assertThat(refused.change().to()).isEqualTo(REFUSED);
      assertThat(refused.reason()).contains("SHA-256");
    }
  }

  @Test
  void ofCheckpointsThatComeMeanwhileOnlyTheNewestFollows() throws Exception {
    try (Harness propose = Harness.start(null)) {
      propose.checkpoint(withWrongDigest());
      propose.checkpoint(CHECKPOINT);

      assertThat(propose.await(1).checkpoint()).isEqualTo(CHECKPOINT);
    }
  }

  @Test
  void aTrialDoesNotTakeThePlaceOfAReleaseThatWaits() throws Exception {
    try (Harness propose = Harness.start(null)) {
      propose.checkpoint(CHECKPOINT);
      propose.checkpoint(SCALED.asTrial());

      assertThat(propose.await(1).checkpoint()).isEqualTo(CHECKPOINT);
    }
  }

  @Test
  void proposalThatLostARaceIsMadeAgainUnderTheNextNumber() throws Exception {
    try (Harness propose = Harness.start(null)) {
      propose.checkpoint(CHECKPOINT);
      VersionProposal mine = propose.await(1);
      propose.log(
          new VersionProposal(
              "other",
              1,
              new StateChange(null, REFUSED),
              "test",
              "why",
              withWrongDigest(),
              null,
              mine.at()));
      propose.log(mine);

      assertThat(propose.await(2).version()).isEqualTo(2);
    }
  }

  @Test
  void checkpointInForceThatComesBackBehindAnothersProposalFollowsThatOne() throws Exception {
    try (Harness propose = Harness.start(null)) {
      propose.checkpoint(CHECKPOINT);
      propose.log(propose.await(1));
      propose.log(propose.await(2)); // version 1 is ACTIVE
      propose.checkpoint(SCALED);
      VersionProposal second = propose.await(3);
      propose.checkpoint(CHECKPOINT); // the log does not show the second one yet
      propose.log(second);
      propose.log(propose.await(4)); // version 2 is ACTIVE

      VersionProposal third = propose.await(5);
      assertThat(third.version()).isEqualTo(3);
      assertThat(third.checkpoint()).isEqualTo(CHECKPOINT);
    }
  }

  @Test
  void checkpointThatComesAgainBehindARollbackServesThoughTheLogIsReadLater() throws Exception {
    try (Harness propose = Harness.begin(withOneActive())) {
      propose.checkpoint(SCALED, 40);
      propose.logRollback(20);
      propose.log(propose.await(1));

      VersionProposal third = propose.await(2);
      assertThat(third.version()).isEqualTo(3);
      assertThat(third.checkpoint()).isEqualTo(SCALED);
    }
  }

  @Test
  void checkpointFromBeforeARollbackDoesNotUndoItThoughTheLogIsReadFirst() throws Exception {
    try (Harness propose = Harness.begin(withOneActive())) {
      propose.logRollback(20);
      propose.log(propose.await(1));
      propose.checkpoint(SCALED, 10);
      propose.endInput();

      assertThat(propose.proposals()).hasSize(1);
    }
  }

  /** CHECKPOINT serves, complete. */
  private static OperatorSubtaskState withOneActive() throws Exception {
    try (Harness propose = Harness.start(null)) {
      propose.checkpoint(CHECKPOINT);
      propose.log(propose.await(1));
      propose.log(propose.await(2));
      propose.log(Harness.change(1, ACTIVE, READY), 1);
      return propose.snapshot(1, 1);
    }
  }

  @Test
  void untriedCheckpointSurvivesARestore() throws Exception {
    OperatorSubtaskState state;
    try (Harness propose = Harness.start(null)) {
      propose.checkpoint(CHECKPOINT);
      state = propose.snapshot(1, 1);
    }
    try (Harness propose = Harness.start(state)) {
      assertThat(propose.await(1).checkpoint()).isEqualTo(CHECKPOINT);
    }
  }

  private static RetrieverCheckpoint withWrongDigest() {
    EncoderTower tower = CHECKPOINT.documentTower();
    EncoderTower wrong =
        new EncoderTower(
            new Part(tower.trunk().uri(), "0".repeat(64)),
            tower.tokenizer(),
            null,
            tower.pooling(),
            tower.normalized(),
            tower.prefix(),
            tower.title(),
            tower.tokensMax());
    return CHECKPOINT.with(wrong, CHECKPOINT.queryTower(), CHECKPOINT.scoreScale());
  }

  private static final class Harness extends AbstractStreamOperatorTestHarness<VersionProposal> {
    private Harness() throws Exception {
      super(
          new ProposeOperatorFactory(
              VersionSettings.of(new Configuration()),
              new Models(Path.of("target", "models").toString())),
          1,
          1,
          0);
    }

    /** Starts, and has read the log. */
    static Harness start(@Nullable OperatorSubtaskState restored) throws Exception {
      Harness harness = begin(restored);
      harness.log(harness.await(1));
      harness.getOutput().clear();
      return harness;
    }

    /** Starts, and has the log before it. */
    static Harness begin(@Nullable OperatorSubtaskState restored) throws Exception {
      Harness harness = new Harness();
      harness.setup();
      harness.initializeState(restored);
      harness.open();
      return harness;
    }

    void checkpoint(RetrieverCheckpoint checkpoint) {
      operator().processElement1(new StreamRecord<>(checkpoint));
    }

    void checkpoint(RetrieverCheckpoint checkpoint, long ms) {
      operator().processElement1(new StreamRecord<>(checkpoint, ms));
    }

    /** Version 2, with SCALED, serves for a moment. */
    void logRollback(long ms) {
      log(
          new VersionProposal(
              "second",
              2,
              new StateChange(null, READY),
              "test",
              "why",
              SCALED,
              1,
              Instant.ofEpochMilli(ms)),
          ms);
      log(change(2, READY, ACTIVE), ms);
      log(change(1, READY, ACTIVE), ms);
    }

    static VersionProposal change(int version, VersionState from, VersionState to) {
      String id = version + " " + to;
      return new VersionProposal(
          id, version, new StateChange(from, to), "test", "why", null, null, Instant.EPOCH);
    }

    void log(VersionProposal proposal, long ms) {
      operator().processElement2(new StreamRecord<>(proposal, ms));
    }

    void endInput() throws Exception {
      operator().finish();
    }

    void log(VersionProposal proposal) {
      operator().processElement2(new StreamRecord<>(proposal));
    }

    /** Runs mails until there are so many proposals; the last of them. */
    VersionProposal await(int count) throws Exception {
      long deadline = System.nanoTime() + PATIENCE_NANOS;
      while (proposals().size() < count) {
        assertThat(System.nanoTime()).as("no proposal within two minutes").isLessThan(deadline);
        var mail = getTaskMailbox().tryTake(0);
        if (mail.isPresent()) {
          mail.get().run();
        } else {
          Thread.onSpinWait();
        }
      }
      return proposals().get(count - 1);
    }

    List<VersionProposal> proposals() {
      return extractOutputValues();
    }

    private ProposeOperator operator() {
      return (ProposeOperator) getOperator();
    }

    /** Ends the operator as a cancelled task does. */
    @Override
    public void close() {
      try {
        operator().close();
        getEnvironment().close();
      } catch (Exception e) {
        throw new AssertionError("the operator does not close", e);
      }
    }
  }
}
