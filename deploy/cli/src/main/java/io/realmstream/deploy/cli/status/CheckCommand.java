package io.realmstream.deploy.cli.status;

import io.realmstream.deploy.cli.arguments.KafkaOptions;
import io.realmstream.deploy.cli.console.Streams;
import io.realmstream.deploy.client.status.Health;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code realm check}: whether the knowledge base is well, in one line and an exit code. */
@Command(
    name = "check",
    description = {
      "Say whether the knowledge base is well, for monitors that know no Prometheus.",
      "One line. Exit code 0 = it is, 1 = something can wait until morning, 2 = users notice. It"
          + " looks at one moment, so let your monitor ask twice before it wakes somebody.%n"
    },
    mixinStandardHelpOptions = true)
public final class CheckCommand implements Callable<Integer> {
  @Mixin private final KafkaOptions kafka = new KafkaOptions();
  @Mixin private final Streams streams = new Streams();

  @Override
  public Integer call() {
    Health health = Health.read(kafka.connect());
    streams.out().println(line(health));
    return switch (health.level()) {
      case OK -> 0;
      case WARNING -> 1;
      case CRITICAL -> 2;
    };
  }

  static String line(Health health) {
    String findings = String.join("; ", health.findings());
    return health.level() == Health.Level.OK
        ? "OK: version %d answers; answers have every edit older than %,d ms"
            .formatted(health.version(), health.freshnessMs())
        : health.level() + ": " + findings;
  }
}
