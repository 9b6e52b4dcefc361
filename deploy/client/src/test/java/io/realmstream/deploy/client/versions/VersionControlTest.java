package io.realmstream.deploy.client.versions;

import static io.realmstream.schemas.version.VersionState.ACTIVE;
import static io.realmstream.schemas.version.VersionState.BUILDING;
import static io.realmstream.schemas.version.VersionState.PAUSED;
import static io.realmstream.schemas.version.VersionState.READY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.realmstream.deploy.client.ClientException;
import io.realmstream.deploy.client.versions.VersionControl.Change;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.version.VersionPolicy.Move;
import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.version.StateChange;
import io.realmstream.schemas.version.VersionProposal;
import io.realmstream.schemas.version.VersionState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionControlTest {
  /** Version 1 answers, version 2 is READY, version 3 is being built. */
  private static final VersionTable TABLE = table();

  @Test
  void aChangeIsProposedFromTheStateThatIs() {
    assertThat(Change.ACTIVATE.of(TABLE, 2, "by command"))
        .isEqualTo(new Move(2, READY, ACTIVE, "activated by command", null, null));
    assertThat(Change.PAUSE.of(TABLE, 3, "over HTTP"))
        .isEqualTo(new Move(3, BUILDING, PAUSED, "paused over HTTP", null, null));
    assertThat(Change.ROLLBACK.of(TABLE, 1, "by command"))
        .isEqualTo(new Move(1, ACTIVE, ACTIVE, "rolled back by command", null, null));
    // refusing it is left to the log
    assertThat(Change.RESUME.of(TABLE, 2, "by command"))
        .isEqualTo(new Move(2, READY, BUILDING, "resumed by command", null, null));
  }

  @ParameterizedTest
  @CsvSource({"ACTIVATE, 4", "ROLLBACK, 9", "PAUSE, 0", "RESUME, -1"})
  void whatIsNotThereIsMissing(Change change, int version) {
    ClientException failure = refused(change, version);
    assertThat(failure.kind()).isEqualTo(ClientException.Kind.MISSING);
    assertThat(failure).hasMessage("there is no version " + version);
  }

  @Test
  void onlyWhatHasAnsweredIsRolledBackTo() {
    ClientException failure = refused(Change.ROLLBACK, 2);
    assertThat(failure.kind()).isEqualTo(ClientException.Kind.REFUSED);
    assertThat(failure).hasMessage("version 2 never was ACTIVE: see `activate`");
  }

  private static ClientException refused(Change change, int version) {
    return catchThrowableOfType(
        ClientException.class, () -> change.of(TABLE, version, "by command"));
  }

  private static VersionTable table() {
    VersionTable table = VersionTable.EMPTY;
    table = after(table, 1, null, BUILDING);
    table = after(table, 1, BUILDING, ACTIVE);
    table = after(table, 1, ACTIVE, READY);
    table = after(table, 2, null, BUILDING);
    table = after(table, 2, BUILDING, READY);
    return after(table, 3, null, BUILDING);
  }

  private static VersionTable after(
      VersionTable table, int version, @Nullable VersionState from, VersionState to) {
    VersionTable.Step step =
        table.apply(
            new VersionProposal(
                version + " " + from + " " + to,
                version,
                new StateChange(from, to),
                "test",
                null,
                from == null ? DefaultCheckpoints.minilm() : null,
                null,
                Instant.EPOCH));
    assertThat(step.ignored()).isNull();
    return step.table();
  }
}
