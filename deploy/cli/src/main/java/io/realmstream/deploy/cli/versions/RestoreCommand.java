package io.realmstream.deploy.cli.versions;

import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.arguments.KafkaOptions;
import io.realmstream.deploy.cli.console.Streams;
import io.realmstream.deploy.client.Connection;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.vectors.RepublicationRequest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code realm restore}: has the updater publish everything once more. */
@Command(
    name = "restore",
    description = {
      "Have the updater publish all documents once more, from its state and without embedding.",
      "A retriever that has lost something asks for it by itself; this is for doing so by hand. It"
          + " goes on in the background, behind edits, while the retriever answers.%n"
    },
    mixinStandardHelpOptions = true)
public final class RestoreCommand implements Callable<Integer> {
  /** What can be restored. */
  enum What {
    RETRIEVER
  }

  @Mixin private final KafkaOptions kafka = new KafkaOptions();
  @Mixin private final Streams streams = new Streams();

  @Parameters(paramLabel = "WHAT", description = "What to restore: ${COMPLETION-CANDIDATES}.")
  private What what = What.RETRIEVER;

  @Override
  public Integer call() {
    Connection connection = kafka.connect();
    String topic = connection.topics().republications();
    connection.require(topic);
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    RepublicationRequest request = new RepublicationRequest(null, null, "realm restore", null, now);
    connection.send(topic, "all", Codecs.REPUBLICATION_REQUEST.encode(request));
    streams.out().println("asked the updater to publish everything for the " + name());
    return ExitCode.OK;
  }

  private String name() {
    return what.name().toLowerCase(Locale.ROOT);
  }
}
