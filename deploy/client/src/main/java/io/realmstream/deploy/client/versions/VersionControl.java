package io.realmstream.deploy.client.versions;

import io.realmstream.deploy.client.ClientException;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.VersionLog;
import io.realmstream.model.version.VersionEntry;
import io.realmstream.model.version.VersionPolicy;
import io.realmstream.model.version.VersionPolicy.Move;
import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.version.VersionState;
import org.jspecify.annotations.Nullable;

/**
 * Changes of versions that people ask for. Each writes one proposal to the version log. It returns
 * the version as the log has it then, or throws a {@link ClientException}, MISSING or REFUSED, with
 * the reason.
 */
public final class VersionControl {
  private final Connection connection;
  private final VersionLog log;
  private final String way;

  /** What people can do to a version. */
  public enum Change {
    /** Answers from a READY version. */
    ACTIVATE("activated", VersionState.ACTIVE),
    /** Answers from a version that did so before. */
    ROLLBACK("rolled back", VersionState.ACTIVE),
    /** Interrupts the building of a version. */
    PAUSE("paused", VersionState.PAUSED),
    /** Goes on with building a PAUSED version. */
    RESUME("resumed", VersionState.BUILDING);

    private final String participle;
    private final VersionState to;

    Change(String participle, VersionState to) {
      this.participle = participle;
      this.to = to;
    }

    /** What to propose. The log decides whether the version's state allows it. */
    Move of(VersionTable table, int version, String way) {
      VersionEntry entry = table.get(version);
      if (entry == null) {
        throw ClientException.missing("there is no version " + version);
      }
      if (this == ROLLBACK && entry.activated() == null) {
        throw ClientException.refused("version " + version + " never was ACTIVE: see `activate`");
      }
      return new Move(version, entry.state(), to, participle + " " + way, null, null);
    }
  }

  /**
   * Asks for changes.
   *
   * @param way how they were asked for, kept in the log as the reason; for instance {@code by
   *     command}
   */
  public VersionControl(Connection connection, String way) {
    this.connection = connection;
    this.log = new VersionLog(connection);
    this.way = way;
  }

  /** Changes the version of that number. */
  public VersionEntry change(Change change, int version) {
    return propose(change.of(table(), version, way));
  }

  /** Pauses the version that is BUILDING. */
  public VersionEntry pause() {
    VersionTable table = table();
    VersionEntry building = found(table.building(), "no version is BUILDING");
    return propose(Change.PAUSE.of(table, building.version(), way));
  }

  /** Resumes the newest version that is PAUSED. */
  public VersionEntry resume() {
    VersionTable table = table();
    VersionEntry paused = null;
    for (VersionEntry entry : table.written()) {
      paused = entry.state() == VersionState.PAUSED ? entry : paused;
    }
    VersionEntry found = found(paused, "no version is PAUSED");
    return propose(Change.RESUME.of(table, found.version(), way));
  }

  /** Begins to build the ACTIVE version again, as a new version. */
  public VersionEntry rebuild() {
    Move rebuild = VersionPolicy.rebuild(table());
    if (rebuild == null) {
      throw ClientException.refused("no version is ACTIVE");
    }
    return propose(rebuild);
  }

  private VersionTable table() {
    connection.require(connection.topics().indexVersions());
    return log.table();
  }

  private VersionEntry propose(Move move) {
    VersionEntry entry = log.propose(move).get(move.version());
    // the table had it a moment ago, but may have forgotten it since
    return found(entry, "version " + move.version() + " has gone meanwhile");
  }

  private static VersionEntry found(@Nullable VersionEntry entry, String otherwise) {
    if (entry == null) {
      throw ClientException.refused(otherwise);
    }
    return entry;
  }
}
