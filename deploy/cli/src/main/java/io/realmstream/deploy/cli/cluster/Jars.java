package io.realmstream.deploy.cli.cluster;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.Realm;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of the jars that this command runs from: what other processes run from, too. */
final class Jars {
  private Jars() {}

  /** Beside the compiled classes, where the command runs from those. */
  static Path folder() {
    try {
      Path code = Path.of(Realm.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      Path folder = Files.isDirectory(code) ? code.resolveSibling("lib") : code.resolveSibling("");
      if (!Files.isDirectory(folder)) {
        throw CommandFailure.failed("the project is not built: there is no folder " + folder);
      }
      return folder.toAbsolutePath();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
