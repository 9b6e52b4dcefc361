package io.realmstream.model.version;

import static io.realmstream.schemas.version.VersionState.ACTIVE;
import static io.realmstream.schemas.version.VersionState.BUILDING;
import static io.realmstream.schemas.version.VersionState.PAUSED;
import static io.realmstream.schemas.version.VersionState.READY;
import static io.realmstream.schemas.version.VersionState.REFUSED;
import static io.realmstream.schemas.version.VersionState.RETIRED;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.version.Checkpoints.Parts;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import io.realmstream.schemas.version.StateChange;
import io.realmstream.schemas.version.VersionProposal;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class VersionPolicyTest extends PolicyFixture {
  private static final RetrieverCheckpoint FIRST = Checkpoints.plain();
  private static final RetrieverCheckpoint OTHER_TRUNK =
      new Parts('b', null, 'b', 'a').checkpoint(1);
  private static final RetrieverCheckpoint OTHER_READER =
      new Parts('a', null, 'a', 'b').checkpoint(1);

  @Test
  void firstVersionIsActiveAtOnce() {
    begin(POLICY, FIRST);

    assertThat(due(POLICY, NOON)).isEqualTo("1 BUILDING ACTIVE");
  }

  @Test
  void readyVersionSwitchesByItselfOrWaitsForTheCommand() {
    firstServes();
    begin(POLICY, OTHER_TRUNK);
    assertThat(due(POLICY, NOON)).isNull();
    change(2, READY);

    assertThat(due(POLICY, NOON)).isEqualTo("2 READY ACTIVE");
    assertThat(due(BY_COMMAND, NOON)).isNull();
  }

  @Test
  void versionThatWasRolledBackDoesNotComeBackByItself() {
    firstServes();
    secondServes();
    change(1, ACTIVE);

    assertThat(due(POLICY, NOON)).isNull();
  }

  @Test
  void supersededVersionIsRetiredWhenTheRollbackWindowEndsAndNotBefore() {
    firstServes();
    secondServes();

    assertThat(due(POLICY, NOON.plus(WINDOW).minusMillis(1))).isNull();
    assertThat(due(POLICY, NOON.plus(WINDOW))).isEqualTo("1 READY RETIRED");
    change(1, RETIRED);
    assertThat(due(POLICY, NOON.plus(WINDOW.multipliedBy(2)))).isNull();
  }

  @Test
  void versionThatWaitsForItsCommandIsNotRetired() {
    firstServes();
    begin(BY_COMMAND, OTHER_TRUNK);
    change(2, READY);

    assertThat(due(BY_COMMAND, NOON.plus(WINDOW.multipliedBy(9)))).isNull();
  }

  @Test
  void newerCheckpointWaitsForTheOneThatIsBuildingOrPaused() {
    firstServes();
    begin(POLICY, OTHER_TRUNK);
    assertThat(POLICY.begin(table, OTHER_READER)).isNull();
    change(2, PAUSED);
    assertThat(POLICY.begin(table, OTHER_READER)).isNull();
    change(2, BUILDING);
    change(2, READY);

    assertThat(POLICY.begin(table, OTHER_READER)).isNotNull();
  }

  @Test
  void checkpointOfTheSameDocumentTowerUsesItsVectorsAndIsReadyAtOnce() {
    firstServes();
    begin(POLICY, OTHER_READER);

    VersionEntry second = Objects.requireNonNull(table.get(2));
    assertThat(second.state()).isEqualTo(READY);
    assertThat(second.complete()).isTrue();
    assertThat(second.index()).isEqualTo(1);
    assertThat(table.indexes()).extracting(VersionEntry::version).containsExactly(1);
    assertThat(due(POLICY, NOON)).isEqualTo("2 READY ACTIVE");
  }

  @Test
  void indexLivesOnWhenTheVersionThatBuiltItIsRetired() {
    firstServes();
    begin(POLICY, OTHER_READER);
    change(2, ACTIVE);
    change(1, RETIRED);

    assertThat(table.isIndexWritten(1)).isTrue();
    assertThat(table.indexes()).extracting(VersionEntry::version).containsExactly(1);
  }

  @Test
  void querySideThatComesBeforeTheFirstIndexIsCompleteIsActiveAtOnceAndCompletedWithIt() {
    begin(POLICY, FIRST);
    change(1, ACTIVE);
    begin(POLICY, OTHER_READER);
    assertThat(due(POLICY, NOON)).isEqualTo("2 BUILDING ACTIVE");
    change(2, ACTIVE);
    apply(2, ACTIVE, READY);

    assertThat(table.versions()).allMatch(VersionEntry::complete);
    assertThat(table.versions()).extracting(VersionEntry::state).containsExactly(READY, ACTIVE);
  }

  @Test
  void rebuildHasVectorsOfItsOwn() {
    firstServes();
    apply(Objects.requireNonNull(VersionPolicy.rebuild(table)));

    assertThat(table.indexes()).extracting(VersionEntry::version).containsExactly(1, 2);
  }

  @Test
  void refusedCheckpointLeavesTheVersionInForce() {
    firstServes();
    apply(VersionPolicy.refuse(table, OTHER_TRUNK, "no such file"));

    VersionEntry second = Objects.requireNonNull(table.get(2));
    assertThat(second.state()).isEqualTo(REFUSED);
    assertThat(second.reason()).isEqualTo("no such file");
    assertThat(Objects.requireNonNull(table.active()).version()).isEqualTo(1);
    assertThat(due(POLICY, NOON)).isNull();
  }

  @Test
  void indexOfAnotherDocumentTowerOrOfNoVersionIsNotShared() {
    firstServes();
    VersionProposal wrong =
        new VersionProposal(
            "w", 2, new StateChange(null, READY), "test", null, OTHER_TRUNK, 1, NOON);
    VersionProposal unknown =
        new VersionProposal(
            "u", 2, new StateChange(null, READY), "test", null, OTHER_TRUNK, 7, NOON);

    assertThat(table.apply(wrong).ignored()).isEqualTo("index 1 is of another document tower");
    assertThat(table.apply(unknown).ignored()).isEqualTo("there is no index 7");
  }

  private void firstServes() {
    begin(POLICY, FIRST);
    change(1, ACTIVE);
    apply(1, ACTIVE, READY);
  }

  private void secondServes() {
    begin(POLICY, OTHER_TRUNK);
    change(2, READY);
    change(2, ACTIVE);
  }
}
