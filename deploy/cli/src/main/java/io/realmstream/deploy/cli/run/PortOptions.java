package io.realmstream.deploy.cli.run;

import io.realmstream.deploy.cli.arguments.Range;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Ports of a knowledge base that this machine runs. */
@Command // else it is no mixin
public final class PortOptions {
  @Option(
      names = "--dashboard-port",
      paramLabel = "PORT",
      defaultValue = "8081",
      description = "Port of Flink's dashboard, 0 = a free one. Default: ${DEFAULT-VALUE}.")
  @Range(min = 0, max = Range.PORT_MAX)
  private int dashboard;

  @Option(
      names = "--kafka-port",
      paramLabel = "PORT",
      defaultValue = "9092",
      description = "Port of Kafka, 0 = a free one. Default: ${DEFAULT-VALUE}.")
  @Range(min = 0, max = Range.PORT_MAX)
  private int kafka;

  /** 0 = a free one. */
  public int dashboard() {
    return dashboard;
  }

  /** 0 = a free one. */
  public int kafka() {
    return kafka;
  }

  /** Says what does not go, or nothing. */
  public @Nullable String complaint() {
    return kafka == dashboard && kafka != 0
        ? "--kafka-port and --dashboard-port must differ"
        : null;
  }

  /** The same request as arguments of another process. */
  List<String> arguments() {
    return List.of(
        "--kafka-port", Integer.toString(kafka), "--dashboard-port", Integer.toString(dashboard));
  }
}
