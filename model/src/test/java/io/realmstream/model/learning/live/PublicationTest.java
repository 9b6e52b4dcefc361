package io.realmstream.model.learning.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.version.CheckpointCandidate;
import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.version.Part;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import io.realmstream.schemas.version.StateChange;
import io.realmstream.schemas.version.VersionProposal;
import io.realmstream.schemas.version.VersionState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PublicationTest {
  private static final RetrieverCheckpoint FIRST = DefaultCheckpoints.minilm();
  private static final Hash128 IN_FORCE = CheckpointCandidate.digest(FIRST);
  private static final RetrieverCheckpoint LEARNED = learned('1');

  private final VersionTable serving = with(VersionTable.EMPTY, 1, FIRST, VersionState.ACTIVE);

  @Test
  void beforeAVersionAnswersThereIsNothingToCompareWith() {
    assertThat(Publication.of(VersionTable.EMPTY, IN_FORCE, LEARNED)).isEqualTo(Publication.NEVER);
  }

  @Test
  void besideTheVersionInForceItIsPublishedAtOnce() {
    assertThat(Publication.of(serving, IN_FORCE, LEARNED)).isEqualTo(Publication.NOW);
  }

  @Test
  void whatWasComparedWithAnotherVersionIsNotPublished() {
    Hash128 other = CheckpointCandidate.digest(learned('9'));
    assertThat(Publication.of(serving, other, LEARNED)).isEqualTo(Publication.NEVER);
  }

  @Test
  void whatIsAVersionAlreadyIsNotPublishedAgain() {
    VersionTable building = with(serving, 2, LEARNED);
    assertThat(Publication.of(building, IN_FORCE, LEARNED)).isEqualTo(Publication.NEVER);
  }

  @Test
  void itWaitsWhileAnotherVersionIsOnItsWay() {
    VersionTable building = with(serving, 2, learned('2'));
    assertThat(Publication.of(building, IN_FORCE, LEARNED)).isEqualTo(Publication.LATER);
  }

  /** What people published is kept for its window, and keeps no trial from being published. */
  @Test
  void itWaitsWhileMoreTrialsAreKeptThanTheOneInForceAndTheOneBefore() {
    VersionTable two = with(serving, 2, learned('2'), VersionState.READY, VersionState.ACTIVE);
    VersionTable three = with(two, 3, learned('3'), VersionState.READY, VersionState.ACTIVE);
    Hash128 third = CheckpointCandidate.digest(learned('3'));
    assertThat(Publication.of(three, third, LEARNED)).isEqualTo(Publication.NOW);

    VersionTable four = with(three, 4, learned('4'), VersionState.READY, VersionState.ACTIVE);
    Hash128 fourth = CheckpointCandidate.digest(learned('4'));
    assertThat(Publication.of(four, fourth, LEARNED)).isEqualTo(Publication.LATER);

    VersionTable retired =
        step(four, 2, new StateChange(VersionState.READY, VersionState.RETIRED), null);
    assertThat(Publication.of(retired, fourth, LEARNED)).isEqualTo(Publication.NOW);
  }

  private static RetrieverCheckpoint learned(char digit) {
    Part head = new Part("file:head", String.valueOf(digit).repeat(64));
    return FIRST
        .with(FIRST.documentTower().with(head), FIRST.queryTower().with(head), 20)
        .asTrial();
  }

  /** A version that begins BUILDING and goes through states. */
  private static VersionTable with(
      VersionTable table, int version, RetrieverCheckpoint checkpoint, VersionState... states) {
    VersionTable next =
        step(table, version, new StateChange(null, VersionState.BUILDING), checkpoint);
    VersionState from = VersionState.BUILDING;
    for (VersionState to : states) {
      next = step(next, version, new StateChange(from, to), null);
      from = to;
    }
    return next;
  }

  private static VersionTable step(
      VersionTable table,
      int version,
      StateChange change,
      @Nullable RetrieverCheckpoint checkpoint) {
    VersionTable.Step step =
        table.apply(
            new VersionProposal(
                "p" + table.proposals().size(),
                version,
                change,
                "test",
                null,
                checkpoint,
                null,
                Instant.EPOCH));
    assertThat(step.ignored()).isNull();
    return step.table();
  }
}
