package io.realmstream.deploy.cli.status;

import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.arguments.HttpAddressConverter;
import io.realmstream.deploy.cli.arguments.KafkaOptions;
import io.realmstream.deploy.cli.console.Streams;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.status.StatusReader;
import io.realmstream.deploy.client.status.StatusReport;
import io.realmstream.deploy.embedded.host.RunFile;
import io.realmstream.deploy.flink.FlinkRest;
import io.realmstream.deploy.json.Json;
import io.realmstream.deploy.wikipedia.Bookmark;
import io.realmstream.deploy.wikipedia.audit.AuditFiles;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code realm status}: how the knowledge base is. */
@Command(
    name = "status",
    description = {
      "Show how the knowledge base is.",
      "Jobs come from Flink; documents, passages, index versions, freshness and dead letters from"
          + " the topics. Freshness is the age of the oldest edit that may be missing from answers."
          + " Lag is how many records of a topic a job had not read at its last checkpoint, those"
          + " of the vectors topic without heartbeats up to 20,000. Of a wiki that is followed it"
          + " tells whether an audit has met all pages, as far as the files in --dir know.%n"
    },
    mixinStandardHelpOptions = true)
public final class StatusCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  @Mixin private final KafkaOptions kafka = new KafkaOptions();
  @Mixin private final Streams streams = new Streams();

  @Option(
      names = "--flink",
      paramLabel = "URL",
      converter = HttpAddressConverter.class,
      description = "Flink's dashboard. Default: that of the embedded run in --dir.")
  private @Nullable String flink;

  @Option(names = "--json", description = "Print one line of JSON.")
  private boolean json;

  @Override
  public Integer call() {
    Connection connection = kafka.connect();
    StatusReport report =
        new StatusReader(connection)
            .read(
                flink(),
                () ->
                    AuditFiles.verified(
                        AuditFiles.folder(kafka.directory()), Bookmark.Target.of(connection)));
    streams.out().println(json ? Json.line(report) : StatusPage.of(report));
    return ExitCode.OK;
  }

  /** Of the run in --dir only when it is that run's broker that is talked to. */
  private @Nullable FlinkRest flink() {
    String address =
        flink != null ? flink : kafka.connectedRun().map(RunFile::dashboard).orElse(null);
    return address == null ? null : new FlinkRest(address, PATIENCE);
  }
}
