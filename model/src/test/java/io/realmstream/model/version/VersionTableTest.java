package io.realmstream.model.version;

import static io.realmstream.model.version.Proposals.propose;
import static io.realmstream.schemas.version.VersionState.ACTIVE;
import static io.realmstream.schemas.version.VersionState.BUILDING;
import static io.realmstream.schemas.version.VersionState.PAUSED;
import static io.realmstream.schemas.version.VersionState.READY;
import static io.realmstream.schemas.version.VersionState.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.schemas.version.StateChange;
import io.realmstream.schemas.version.VersionProposal;
import io.realmstream.schemas.version.VersionState;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionTableTest {
  @Test
  void firstVersionIsBuiltAndActiveAtOnceAndCompleteLater() {
    VersionTable table = applied(propose(1, null, BUILDING), propose(1, BUILDING, ACTIVE));
    assertThat(states(table)).containsExactly("1 ACTIVE");

    VersionTable complete = applied(table, propose(1, ACTIVE, READY));
    assertThat(states(complete)).containsExactly("1 ACTIVE complete");
  }

  @Test
  void completeActiveVersionIsNotCompletedTwice() {
    VersionTable table =
        applied(
            propose(1, null, BUILDING), propose(1, BUILDING, ACTIVE), propose(1, ACTIVE, READY));

    assertThat(ignored(table, propose(1, ACTIVE, READY)))
        .isEqualTo("version 1 is ACTIVE and complete already");
  }

  @Test
  void activeVersionThatIsRefusedStaysActiveAndSaysWhyItIsNotComplete() {
    VersionTable table = applied(propose(1, null, BUILDING), propose(1, BUILDING, ACTIVE));
    VersionTable held =
        applied(table, propose(1, ACTIVE, REFUSED).withReason("a passage has another vector"));

    assertThat(states(held)).containsExactly("1 ACTIVE");
    assertThat(Objects.requireNonNull(held.get(1)).reason())
        .isEqualTo("a passage has another vector");
    assertThat(ignored(activeAndComplete(), propose(1, ACTIVE, REFUSED)))
        .isEqualTo("version 1 cannot go from ACTIVE to REFUSED");
  }

  @Test
  void secondVersionReplacesTheFirstOnlyWhenReady() {
    VersionTable table = applied(activeAndComplete(), propose(2, null, BUILDING));

    assertThat(ignored(table, propose(2, BUILDING, ACTIVE)))
        .isEqualTo("version 1 is ACTIVE already");
    assertThat(states(applied(table, propose(2, BUILDING, READY), propose(2, READY, ACTIVE))))
        .containsExactly("1 READY complete", "2 ACTIVE complete");
  }

  @Test
  void supersededVersionCanComeBack() {
    VersionTable table =
        applied(
            activeAndComplete(),
            propose(2, null, BUILDING),
            propose(2, BUILDING, READY),
            propose(2, READY, ACTIVE),
            propose(1, READY, ACTIVE));

    assertThat(states(table)).containsExactly("1 ACTIVE complete", "2 READY complete");
  }

  @Test
  void theVersionBeforeIsTheOlderOneThatAnsweredLast() {
    VersionTable second =
        applied(
            activeAndComplete(),
            propose(2, null, BUILDING),
            propose(2, BUILDING, READY),
            propose(2, READY, ACTIVE));
    VersionTable third =
        applied(
            second,
            propose(3, null, BUILDING),
            propose(3, BUILDING, READY),
            propose(3, READY, ACTIVE));

    assertThat(activeAndComplete().predecessor()).isNull();
    assertThat(Objects.requireNonNull(second.predecessor()).version()).isEqualTo(1);
    assertThat(Objects.requireNonNull(third.predecessor()).version()).isEqualTo(2);
    VersionTable back = applied(third, propose(1, READY, ACTIVE));
    assertThat(back.predecessor()).isNull();
    VersionTable retired = applied(third, propose(2, READY, VersionState.RETIRED));
    assertThat(Objects.requireNonNull(retired.predecessor()).version()).isEqualTo(1);
  }

  @Test
  void supersededIncompleteVersionIsPausedNotReady() {
    VersionTable table =
        applied(
            propose(1, null, BUILDING),
            propose(1, BUILDING, ACTIVE),
            propose(2, null, BUILDING),
            propose(2, BUILDING, READY),
            propose(2, READY, ACTIVE));

    assertThat(states(table)).containsExactly("1 PAUSED", "2 ACTIVE complete");
  }

  @Test
  void onlyOneVersionIsBuildingAtATime() {
    VersionTable table = applied(activeAndComplete(), propose(2, null, BUILDING));
    assertThat(ignored(table, propose(3, null, BUILDING)))
        .isEqualTo("version 2 is BUILDING already");

    VersionTable paused = applied(table, propose(2, BUILDING, PAUSED), propose(3, null, BUILDING));
    assertThat(ignored(paused, propose(2, PAUSED, BUILDING)))
        .isEqualTo("version 3 is BUILDING already");
  }

  @Test
  void pausedVersionResumes() {
    VersionTable table =
        applied(
            propose(1, null, BUILDING), propose(1, BUILDING, PAUSED), propose(1, PAUSED, BUILDING));

    assertThat(states(table)).containsExactly("1 BUILDING");
  }

  @Test
  void refusedCheckpointKeepsItsNumberAndReason() {
    VersionTable table = applied(propose(1, null, REFUSED), propose(2, null, BUILDING));

    assertThat(states(table)).containsExactly("1 REFUSED", "2 BUILDING");
    assertThat(Objects.requireNonNull(table.get(1)).reason()).isEqualTo("why");
    assertThat(table.written()).extracting(VersionEntry::version).containsExactly(2);
  }

  @Test
  void numbersFollowEachOther() {
    assertThat(ignored(VersionTable.EMPTY, propose(2, null, BUILDING)))
        .isEqualTo("the next version is 1, not 2");
  }

  @Test
  void unknownVersionInAStateIsIgnoredWithItsReason() {
    assertThat(ignored(VersionTable.EMPTY, propose(1, READY, ACTIVE)))
        .isEqualTo("version 1 does not exist, expected in READY");
  }

  @Test
  void firstProposalWithoutCheckpointIsIgnoredWithItsReason() {
    VersionProposal bare =
        new VersionProposal(
            "p", 1, new StateChange(null, BUILDING), "test", "why", null, null, Proposals.AT);

    assertThat(ignored(VersionTable.EMPTY, bare))
        .isEqualTo("a version's first proposal carries its checkpoint");
  }

  @Test
  void secondProposalForTheSameNumberLosesTheRace() {
    assertThat(ignored(applied(propose(1, null, BUILDING)), propose(1, null, BUILDING)))
        .isEqualTo("version 1 is BUILDING, expected null");
  }

  @Test
  void repeatedProposalIsANoOpEvenWhenItWouldFitAgain() {
    VersionProposal pause = propose(1, BUILDING, PAUSED);
    VersionTable table = applied(propose(1, null, BUILDING), pause, propose(1, PAUSED, BUILDING));

    VersionTable.Step step = table.apply(pause);

    assertThat(step.table()).isEqualTo(table);
    assertThat(step.ignored()).isEqualTo("repetition of proposal " + pause.proposalId());
  }

  @Test
  void ignoredProposalStaysIgnoredWhenItComesAgain() {
    VersionProposal early = propose(1, BUILDING, READY);
    VersionTable table = VersionTable.EMPTY.apply(early).table();
    table = applied(table, propose(1, null, BUILDING));

    assertThat(table.apply(early).table()).isEqualTo(table);
  }

  @ParameterizedTest
  @CsvSource({
    "READY, BUILDING",
    "READY, PAUSED",
    "READY, REFUSED",
    "READY, READY",
    "ACTIVE, BUILDING",
    "ACTIVE, PAUSED",
    "ACTIVE, RETIRED",
    "ACTIVE, ACTIVE",
    "BUILDING, BUILDING",
    "PAUSED, READY",
    "PAUSED, ACTIVE",
    "PAUSED, PAUSED",
    "RETIRED, BUILDING",
    "RETIRED, READY",
    "RETIRED, ACTIVE",
    "RETIRED, PAUSED",
    "RETIRED, REFUSED",
    "RETIRED, RETIRED",
    "REFUSED, BUILDING",
    "REFUSED, READY",
    "REFUSED, ACTIVE",
    "REFUSED, PAUSED",
    "REFUSED, REFUSED",
    "REFUSED, RETIRED"
  })
  void impossibleChangeIsIgnoredWithItsReason(VersionState from, VersionState to) {
    assertThat(ignored(in(from), propose(1, from, to)))
        .isEqualTo("version 1 cannot go from " + from + " to " + to);
  }

  @ParameterizedTest
  @CsvSource({
    "BUILDING, READY", "BUILDING, ACTIVE", "BUILDING, PAUSED", "BUILDING, RETIRED",
    "BUILDING, REFUSED", "PAUSED, BUILDING", "PAUSED, RETIRED", "PAUSED, REFUSED",
    "READY, ACTIVE", "READY, RETIRED"
  })
  void possibleChangeIsApplied(VersionState from, VersionState to) {
    assertThat(Objects.requireNonNull(applied(in(from), propose(1, from, to)).get(1)).state())
        .isEqualTo(to);
  }

  private static VersionTable activeAndComplete() {
    return applied(
        propose(1, null, BUILDING), propose(1, BUILDING, ACTIVE), propose(1, ACTIVE, READY));
  }

  private static VersionTable in(VersionState state) {
    return switch (state) {
      case REFUSED -> applied(propose(1, null, REFUSED));
      case BUILDING -> applied(propose(1, null, BUILDING));
      default -> applied(propose(1, null, BUILDING), propose(1, BUILDING, state));
    };
  }

  private static VersionTable applied(VersionProposal... log) {
    return applied(VersionTable.EMPTY, log);
  }

  private static VersionTable applied(VersionTable table, VersionProposal... log) {
    VersionTable next = table;
    for (VersionProposal proposal : log) {
      VersionTable.Step step = next.apply(proposal);
      assertThat(step.ignored()).isNull();
      next = step.table();
    }
    return next;
  }

  private static @Nullable String ignored(VersionTable table, VersionProposal proposal) {
    VersionTable.Step step = table.apply(proposal);
    assertThat(step.table().versions()).isEqualTo(table.versions());
    return step.ignored();
  }

  private static List<String> states(VersionTable table) {
    return table.versions().stream()
        .map(e -> e.version() + " " + e.state() + (e.complete() ? " complete" : ""))
        .toList();
  }
}
