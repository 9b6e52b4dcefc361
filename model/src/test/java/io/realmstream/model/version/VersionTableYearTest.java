package io.realmstream.model.version;

import static io.realmstream.model.version.Proposals.propose;
import static io.realmstream.schemas.version.VersionState.ACTIVE;
import static io.realmstream.schemas.version.VersionState.BUILDING;
import static io.realmstream.schemas.version.VersionState.READY;
import static io.realmstream.schemas.version.VersionState.REFUSED;
import static io.realmstream.schemas.version.VersionState.RETIRED;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.schemas.version.VersionProposal;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** How large a table is when the log has grown for a year. */
class VersionTableYearTest {
  /** Each start of the updater leaves its mark in the log. */
  @Test
  void aYearOfStartsLeavesABoundedTable() {
    VersionTable table = activeAndComplete();
    VersionProposal last = propose(1, RETIRED, BUILDING);
    for (int start = 0; start < 365 * 100; start++) {
      last = propose(1, RETIRED, BUILDING);
      table = table.apply(last).table();
    }

    assertThat(table.proposals()).hasSize(VersionTable.PROPOSALS_MAX).contains(last.proposalId());
    assertThat(table.apply(last).ignored()).startsWith("repetition");
    assertThat(table.versions()).isEqualTo(activeAndComplete().versions());
  }

  @Test
  void aYearOfVersionsLeavesThoseThatAreNeededAndTheNewestOfTheOthers() {
    VersionTable table = activeAndComplete();
    for (int hour = 0; hour < 365 * 24; hour++) {
      int before = Objects.requireNonNull(table.active()).version();
      int next = table.count() + 2;
      table =
          applied(
              table,
              propose(next - 1, null, REFUSED),
              propose(next, null, BUILDING),
              propose(next, BUILDING, READY),
              propose(next, READY, ACTIVE),
              propose(before, READY, RETIRED));
    }

    int newest = 1 + 2 * 365 * 24;
    assertThat(table.count()).isEqualTo(newest);
    assertThat(table.versions()).hasSize(1 + VersionTable.ENDED_MAX);
    assertThat(Objects.requireNonNull(table.active()).version()).isEqualTo(newest);
    assertThat(table.get(newest - 1)).isNotNull();
    assertThat(table.get(1)).isNull();
    assertThat(table.apply(propose(1, READY, ACTIVE)).ignored())
        .isEqualTo("version 1 does not exist, expected in READY");
    VersionTable next = applied(table, propose(newest + 1, null, BUILDING));
    assertThat(Objects.requireNonNull(next.building()).version()).isEqualTo(newest + 1);
  }

  @Test
  void aVersionWhoseIndexAnotherUsesIsKeptHoweverLongItIsRetired() {
    VersionTable table = activeAndComplete();
    VersionProposal shares = Proposals.sharing(2, 1);
    table = applied(table, shares, propose(2, READY, ACTIVE), propose(1, READY, RETIRED));
    for (int i = 0; i < 2 * VersionTable.ENDED_MAX; i++) {
      table = applied(table, propose(table.count() + 1, null, REFUSED));
    }

    assertThat(table.indexes()).extracting(VersionEntry::version).containsExactly(1);
    assertThat(Objects.requireNonNull(table.get(1)).state()).isEqualTo(RETIRED);
  }

  private static VersionTable activeAndComplete() {
    return applied(
        VersionTable.EMPTY,
        propose(1, null, BUILDING),
        propose(1, BUILDING, ACTIVE),
        propose(1, ACTIVE, READY));
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
}
