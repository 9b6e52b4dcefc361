package io.realmstream.deploy.cli.versions;

import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.arguments.KafkaOptions;
import io.realmstream.deploy.cli.arguments.Range;
import io.realmstream.deploy.cli.console.Streams;
import io.realmstream.deploy.client.versions.VersionControl;
import io.realmstream.deploy.client.versions.VersionControl.Change;
import io.realmstream.model.version.VersionEntry;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A command that proposes one change of the version log and says what became of it. */
@Command(mixinStandardHelpOptions = true)
public abstract class VersionChange implements Callable<Integer> {
  @Mixin private final KafkaOptions kafka = new KafkaOptions();
  @Mixin private final Streams streams = new Streams();

  /** Makes the change; returns the version after it. */
  abstract VersionEntry apply(VersionControl control);

  @Override
  public Integer call() {
    VersionEntry entry = apply(new VersionControl(kafka.connect(), "by command"));
    streams.out().println("version " + entry.version() + " is " + entry.state());
    return ExitCode.OK;
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
    VersionEntry apply(VersionControl control) {
      return control.change(Change.ACTIVATE, version);
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
    VersionEntry apply(VersionControl control) {
      return control.change(Change.ROLLBACK, version);
    }
  }

  /** {@code realm pause}. */
  @Command(
      name = "pause",
      description = "Let the version in work rest; edits still reach it, so nothing is lost.%n")
  public static final class Pause extends VersionChange {
    @Override
    VersionEntry apply(VersionControl control) {
      return control.pause();
    }
  }

  /** {@code realm resume}. */
  @Command(name = "resume", description = "Go on with the version that was paused.%n")
  public static final class Resume extends VersionChange {
    @Override
    VersionEntry apply(VersionControl control) {
      return control.resume();
    }
  }

  /** {@code realm rebuild}. */
  @Command(
      name = "rebuild",
      description = "Build the version in force once more, behind itself, on vectors of its own.%n")
  public static final class Rebuild extends VersionChange {
    @Override
    VersionEntry apply(VersionControl control) {
      return control.rebuild();
    }
  }
}
