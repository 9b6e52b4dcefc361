package io.realmstream.deploy.cli.run;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The folder of an embedded run, the same for all commands. */
public final class RunDirectory {
  @Option(
      names = "--dir",
      paramLabel = "DIR",
      defaultValue = "${env:REALM_DIR:-${sys:user.home}/.realm}",
      description = "Folder of the embedded run. Default: $$REALM_DIR, else ~/.realm.")
  private Path directory = Path.of(".realm");

  /** Absolute. */
  public Path path() {
    return directory.toAbsolutePath().normalize();
  }
}
