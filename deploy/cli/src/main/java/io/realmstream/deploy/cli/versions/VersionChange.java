package io.realmstream.deploy.cli.versions;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.arguments.KafkaOptions;
import io.realmstream.deploy.cli.arguments.Range;
import io.realmstream.deploy.cli.console.Streams;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.VersionLog;
import io.realmstream.model.version.VersionEntry;
import io.realmstream.model.version.VersionPolicy;
import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.version.VersionState;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A command that proposes one change of the version log and says what became of it. */
@Command(mixinStandardHelpOptions = true)
public abstract class VersionChange implements Callable<Integer> {
  @Mixin private final KafkaOptions kafka = new KafkaOptions();
  @Mixin private final Streams streams = new Streams();

  /** What to propose; throws {@link CommandFailure} when there is nothing. */
  abstract VersionPolicy.Move move(VersionTable table);

  @Override
  public Integer call() {
    Connection connection = kafka.connect();
    connection.require(connection.topics().indexVersions());
    VersionLog log = new VersionLog(connection);
    VersionPolicy.Move move = move(log.table());
    VersionEntry entry = log.propose(move).get(move.version());
    streams
        .out()
        .println("version " + move.version() + " is " + (entry == null ? "" : entry.state()));
    return ExitCode.OK;
  }

  static VersionEntry entry(VersionTable table, int version) {
    VersionEntry entry = table.get(version);
    if (entry == null) {
      throw CommandFailure.failed("there is no version " + version);
    }
    return entry;
  }

  static VersionPolicy.Move change(VersionEntry entry, VersionState to, String reason) {
    return new VersionPolicy.Move(entry.version(), entry.state(), to, reason, null, null);
  }

  private static VersionEntry require(@Nullable VersionEntry entry, String otherwise) {
    if (entry == null) {
      throw CommandFailure.failed(otherwise);
    }
    return entry;
  }

  /** {@code realm activate}. */
  @Command(
      name = "activate",
      description = "Answer from a version that is READY; the one before stays for a rollback.%n")
  public static final class Activate extends VersionChange {
    @Parameters(paramLabel = "VERSION", description = "Number of the version.")
    @Range(min = 1)
    private int version;

    @Override
    VersionPolicy.Move move(VersionTable table) {
      return change(entry(table, version), VersionState.ACTIVE, "activated by command");
    }
  }

  /** {@code realm rollback}. */
  @Command(
      name = "rollback",
      description = "Answer from a version that did so before and is not retired yet.%n")
  public static final class Rollback extends VersionChange {
    @Parameters(paramLabel = "VERSION", description = "Number of the version.")
    @Range(min = 1)
    private int version;

    @Override
    VersionPolicy.Move move(VersionTable table) {
      VersionEntry entry = entry(table, version);
      if (entry.activated() == null) {
        throw CommandFailure.failed("version " + version + " never was ACTIVE: see `activate`");
      }
      return change(entry, VersionState.ACTIVE, "rolled back by command");
    }
  }

  /** {@code realm pause}. */
  @Command(
      name = "pause",
      description = "Let the version in work rest; edits still reach it, so nothing is lost.%n")
  public static final class Pause extends VersionChange {
    @Override
    VersionPolicy.Move move(VersionTable table) {
      VersionEntry building = require(table.building(), "no version is BUILDING");
      return change(building, VersionState.PAUSED, "paused by command");
    }
  }

  /** {@code realm resume}. */
  @Command(name = "resume", description = "Go on with the version that was paused.%n")
  public static final class Resume extends VersionChange {
    @Override
    VersionPolicy.Move move(VersionTable table) {
      VersionEntry paused = null;
      for (VersionEntry entry : table.written()) {
        paused = entry.state() == VersionState.PAUSED ? entry : paused;
      }
      return change(
          require(paused, "no version is PAUSED"), VersionState.BUILDING, "resumed by command");
    }
  }

  /** {@code realm rebuild}. */
  @Command(
      name = "rebuild",
      description = "Build the version in force once more, behind itself, on vectors of its own.%n")
  public static final class Rebuild extends VersionChange {
    @Override
    VersionPolicy.Move move(VersionTable table) {
      VersionPolicy.Move rebuild = VersionPolicy.rebuild(table);
      if (rebuild == null) {
        throw CommandFailure.failed("no version is ACTIVE");
      }
      return rebuild;
    }
  }
}
