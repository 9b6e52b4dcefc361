package io.realmstream.deploy.cli.versions;

import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.arguments.KafkaOptions;
import io.realmstream.deploy.cli.console.Streams;
import io.realmstream.deploy.cli.models.MaskedReaderFolder;
import io.realmstream.deploy.client.versions.PublishedCheckpoint;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code realm publish-checkpoint}: hands the jobs a retriever checkpoint. */
@Command(
    name = "publish-checkpoint",
    description = {
      "Hand the jobs a retriever checkpoint and say what it touches.",
      "They try it, build what it changes behind the version in force, and switch when it is"
          + " complete; see `realm versions`.%n"
    },
    mixinStandardHelpOptions = true)
public final class PublishCheckpointCommand implements Callable<Integer> {
  @Mixin private final KafkaOptions kafka = new KafkaOptions();
  @Mixin private final Streams streams = new Streams();

  @Parameters(
      paramLabel = "MANIFEST|e5|minilm|bge",
      description = "A file that holds a RetrieverCheckpoint as JSON, or one that ships.")
  private String source = "";

  @Option(
      names = "--masked-reader",
      paramLabel = "DIR",
      description =
          "Folder of a reader of masks to serve with it, as `realm model install` makes one.")
  private @Nullable Path maskedReader;

  @Override
  public Integer call() {
    RetrieverCheckpoint checkpoint = CheckpointSource.read(source);
    if (maskedReader != null) {
      checkpoint = MaskedReaderFolder.addTo(checkpoint, maskedReader);
    }
    PublishedCheckpoint published = PublishedCheckpoint.publish(kafka.connect(), checkpoint);
    streams
        .out()
        .println(
            "published %s: %s, %s"
                .formatted(published.retriever(), published.plan(), published.reason()));
    return ExitCode.OK;
  }
}
