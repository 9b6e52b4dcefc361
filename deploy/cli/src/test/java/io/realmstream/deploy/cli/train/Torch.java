package io.realmstream.deploy.cli.train;

import ai.djl.engine.Engine;
import io.realmstream.deploy.cli.models.TrainerFolder;
import java.io.IOException;
import java.nio.file.Path;

/** The engine for tests; a build with {@code -Drealm.trainer=true} puts it there. */
final class Torch {
  /** What takes the place of a run's folder. */
  static final Path RUN = Path.of("target").toAbsolutePath();

  private Torch() {}

  static Engine engine() throws IOException {
    return TorchEngine.open(RUN.resolve(TrainerFolder.NAME), 1);
  }
}
