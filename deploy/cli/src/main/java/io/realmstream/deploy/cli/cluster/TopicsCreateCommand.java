package io.realmstream.deploy.cli.cluster;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.arguments.KafkaOptions;
import io.realmstream.deploy.cli.arguments.Range;
import io.realmstream.deploy.cli.console.Streams;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.embedded.Retention;
import io.realmstream.deploy.embedded.TopicSetup;
import io.realmstream.jobs.RealmOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code realm topics create}: every topic that the jobs read or write. */
@Command(
    name = "create",
    description = {
      "Create the topics that are missing.",
      "Sets cleanup, retention, record sizes and whose clock gives the times of all of them, new or"
          + " not. What somebody set of an existing topic stays: its partitions, its retention"
          + " unless --forget-within is given, larger limits; of the documents topic also its"
          + " cleanup. Replication is the broker's default."
          + " Prints the names of those that it created.%n"
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example: realm topics create --bootstrap-servers kafka-1:9092 --topic-prefix encyclopedia"
    })
public final class TopicsCreateCommand implements Callable<Integer> {
  private static final Duration TTL_MIN = Duration.ofSeconds(1);

  /** A hundred years, in hours as durations are written. */
  private static final Duration TTL_MAX = Duration.ofDays(36_525);

  @Mixin private final KafkaOptions kafka = new KafkaOptions();
  @Mixin private final Streams streams = new Streams();

  @Option(
      names = "--tombstone-ttl",
      paramLabel = "DURATION",
      description =
          "How long deletions are remembered: realm.tombstone.ttl of the jobs, as PT720H or P30D"
              + " (default: P30D).")
  private Duration tombstoneTtl = RealmOptions.TOMBSTONE_TTL.defaultValue();

  @Option(
      names = "--forget-within",
      paramLabel = "DAYS",
      description =
          "Keep questions, answers, edits, vectors and dead letters for less than so many days, at"
              + " least 2, so that the text of a purged document is gone from every topic then."
              + " What the jobs have not read by that time is lost. Default: 7 days, dead letters"
              + " 30, and up to a day more.")
  @Range(min = 2, max = 36_525)
  private @Nullable Integer forgetWithinDays;

  @Override
  public Integer call() throws InterruptedException {
    if (tombstoneTtl.compareTo(TTL_MIN) < 0 || tombstoneTtl.compareTo(TTL_MAX) > 0) {
      throw CommandFailure.usage(
          "--tombstone-ttl must be %s to %s (is %s)".formatted(TTL_MIN, TTL_MAX, tombstoneTtl));
    }
    Connection connection = kafka.connect();
    connection.require();
    try (Admin admin = connection.admin()) {
      Duration within = forgetWithinDays == null ? null : Duration.ofDays(forgetWithinDays);
      List<String> created =
          TopicSetup.create(admin, connection.topics(), new Retention(tombstoneTtl, within));
      created.forEach(streams.out()::println);
      streams.err().println("created " + created.size());
      return ExitCode.OK;
    } catch (IllegalStateException e) {
      throw CommandFailure.failed(String.valueOf(e.getMessage()));
    } catch (ExecutionException e) {
      throw CommandFailure.failed("the broker refuses the topics: " + e.getCause());
    }
  }
}
