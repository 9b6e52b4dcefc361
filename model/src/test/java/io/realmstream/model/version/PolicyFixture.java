package io.realmstream.model.version;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.schemas.version.RetrieverCheckpoint;
import io.realmstream.schemas.version.StateChange;
import io.realmstream.schemas.version.VersionProposal;
import io.realmstream.schemas.version.VersionState;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A version table to which proposals are applied, and what a policy finds due in it. */
abstract class PolicyFixture {
  static final Duration WINDOW = Duration.ofHours(1);
  static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  static final VersionPolicy POLICY = new VersionPolicy(true, WINDOW);
  static final VersionPolicy BY_COMMAND = new VersionPolicy(false, WINDOW);

  VersionTable table = VersionTable.EMPTY;
  private int proposals;

  void begin(VersionPolicy policy, RetrieverCheckpoint checkpoint) {
    apply(Objects.requireNonNull(policy.begin(table, checkpoint)));
  }

  void change(int version, VersionState to) {
    apply(version, Objects.requireNonNull(table.get(version)).state(), to);
  }

  void apply(VersionPolicy.Move move) {
    apply(
        new VersionProposal(
            "p" + proposals++,
            move.version(),
            new StateChange(move.from(), move.to()),
            "test",
            move.reason(),
            move.checkpoint(),
            move.index(),
            NOON));
  }

  void apply(int version, VersionState from, VersionState to) {
    apply(
        new VersionProposal(
            "p" + proposals++, version, new StateChange(from, to), "test", null, null, null, NOON));
  }

  private void apply(VersionProposal proposal) {
    VersionTable.Step step = table.apply(proposal);
    assertThat(step.ignored()).isNull();
    table = step.table();
  }

  @Nullable String due(VersionPolicy policy, Instant now) {
    VersionPolicy.Move move = policy.due(table, now);
    return move == null ? null : move.version() + " " + move.from() + " " + move.to();
  }
}
