package io.realmstream.deploy.cli.serve;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.arguments.HttpAddressConverter;
import io.realmstream.deploy.cli.arguments.KafkaOptions;
import io.realmstream.deploy.cli.arguments.Range;
import io.realmstream.deploy.cli.console.Interruption;
import io.realmstream.deploy.cli.console.Streams;
import io.realmstream.deploy.door.Door;
import io.realmstream.deploy.door.DoorSettings;
import io.realmstream.deploy.embedded.host.RunFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code realm serve}: the knowledge base over HTTP. */
@Command(
    name = "serve",
    description = {
      "Open a door for HTTP: ask, load and watch with one POST or GET, until Ctrl-C.",
      "It is a client of Kafka like any other. It listens on loopback; where others reach it, it"
          + " needs a token, which requests bear as Authorization: Bearer TOKEN. HTTP is not"
          + " encrypted: put something in front that does that.%n"
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example: curl -H 'Content-Type: application/json' -d '{\"id\": \"1\", \"text\": \"how high"
          + " is Victoria Falls\"}' http://localhost:8090/v1/ask"
    })
public final class ServeCommand implements Callable<Integer> {
  private static final long POLL_MS = 200;

  @Mixin private final KafkaOptions kafka = new KafkaOptions();
  @Mixin private final Streams streams = new Streams();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "" + DoorSettings.PORT,
      description = "Port to listen on, 0 = a free one. Default: ${DEFAULT-VALUE}.")
  @Range(min = 0, max = Range.PORT_MAX)
  private int port = DoorSettings.PORT;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      defaultValue = "localhost",
      description = "Address to listen on, 0.0.0.0 = every interface. Default: ${DEFAULT-VALUE}.")
  private String host = "localhost";

  @Option(
      names = "--name",
      paramLabel = "HOST",
      description =
          "Another name or address that requests call this host by, in their header Host. May be"
              + " repeated. With --host 0.0.0.0, only localhost is let in without it.")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "Its first line is the token that every request must bear.")
  private @Nullable Path tokenFile;

  @Option(
      names = "--allow-control",
      description =
          "Let requests switch index versions and publish checkpoints; without it they only ask,"
              + " edit and watch.")
  private boolean allowControl;

  @Option(
      names = "--flink",
      paramLabel = "URL",
      converter = HttpAddressConverter.class,
      description = "Flink's dashboard, for the status. Default: that of the run in --dir.")
  private @Nullable String flink;

  @Override
  public Integer call() throws IOException, InterruptedException {
    DoorSettings settings = settings();
    String dashboard =
        flink != null ? flink : kafka.connectedRun().map(RunFile::dashboard).orElse(null);
    try (Interruption interruption = Interruption.watch();
        Door door = Door.open(kafka.connect(), settings, dashboard, PageSample.of())) {
      warn(settings);
      streams.err().flush();
      streams.out().println(door.address());
      streams.out().flush();
      while (!interruption.requested()) {
        Thread.sleep(POLL_MS);
      }
    }
    return ExitCode.OK;
  }

  private void warn(DoorSettings settings) {
    if (!settings.isLoopback()) {
      streams
          .err()
          .println("realm: whoever has the token reads and writes here, and HTTP shows it");
    }
    if (settings.lacksName()) {
      streams
          .err()
          .println(
              "realm: only requests to localhost are let in; give the name or address that others"
                  + " call this host by with --name");
    }
  }

  private DoorSettings settings() {
    try {
      return new DoorSettings(host, port, names, token(), allowControl);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()));
    }
  }

  private @Nullable String token() {
    try {
      return tokenFile == null
          ? null
          : Files.readString(tokenFile).lines().findFirst().orElse("").strip();
    } catch (IOException e) {
      throw CommandFailure.usage("cannot read --token-file " + tokenFile + ": " + e.getMessage());
    }
  }
}
