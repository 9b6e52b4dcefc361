package io.realmstream.deploy.cli.models;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.arguments.PathConverter;
import io.realmstream.deploy.cli.console.Streams;
import io.realmstream.deploy.embedded.CheckpointPublication;
import io.realmstream.deploy.embedded.host.StartException;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code realm model files}: what an image needs in {@code realm.model.directory}. */
@Command(
    name = "files",
    description = {
      "Write the files of the checkpoints that ship into a folder, by digest.",
      "With that folder as realm.model.directory, the jobs write no model file when they start.%n"
    },
    mixinStandardHelpOptions = true)
final class FilesCommand implements Callable<Integer> {
  @Mixin private final Streams streams = new Streams();

  @Parameters(
      paramLabel = "FOLDER",
      converter = PathConverter.class,
      description = "Where to write them; created if missing.")
  private Path folder = Path.of("models");

  @Override
  public Integer call() {
    for (String name : DefaultCheckpoints.NAMES) {
      try {
        CheckpointPublication.verify(DefaultCheckpoints.named(name), folder);
      } catch (StartException e) {
        throw CommandFailure.failed("" + e.getMessage());
      }
      streams.out().println(name);
    }
    return ExitCode.OK;
  }
}
