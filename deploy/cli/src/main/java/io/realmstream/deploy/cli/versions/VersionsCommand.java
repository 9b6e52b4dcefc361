package io.realmstream.deploy.cli.versions;

import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.arguments.KafkaOptions;
import io.realmstream.deploy.cli.console.Streams;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.VersionLog;
import io.realmstream.deploy.client.versions.VersionProgress;
import io.realmstream.deploy.json.Json;
import io.realmstream.model.version.VersionEntry;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code realm versions}: what the version log says, and how far each version is. */
@Command(
    name = "versions",
    description = {
      "Show the index versions: their states, why, and how far the one in work is.",
      "A version of another query tower, reader or scale uses the passage vectors of the version"
          + " that has the same document tower.%n"
    },
    mixinStandardHelpOptions = true)
public final class VersionsCommand implements Callable<Integer> {
  @Mixin private final KafkaOptions kafka = new KafkaOptions();
  @Mixin private final Streams streams = new Streams();

  @Option(names = "--json", description = "Print one line of JSON a version.")
  private boolean json;

  @Override
  public Integer call() {
    Connection connection = kafka.connect();
    connection.require(connection.topics().documentStatus(), connection.topics().indexVersions());
    var table = new VersionLog(connection).table();
    VersionProgress progress = VersionProgress.read(connection);
    Instant now = Instant.now();
    for (VersionEntry entry : table.versions()) {
      VersionLine line = new VersionLine(entry, progress.pace(entry, now));
      streams.out().println(json ? Json.line(line.report()) : line.text());
    }
    if (table.versions().isEmpty() && !json) {
      streams.out().println("none: publish a retriever checkpoint");
    }
    return ExitCode.OK;
  }
}
