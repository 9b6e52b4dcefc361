package io.realmstream.deploy.embedded;

import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.embedded.cluster.ClusterSettings;
import io.realmstream.deploy.embedded.cluster.EmbeddedJob;
import io.realmstream.deploy.embedded.host.Folders;
import io.realmstream.jobs.wikipedia.WikipediaOptions;
import io.realmstream.jobs.wikipedia.fetch.LocalApi;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Kafka and all three jobs in a folder of their own, in front of a local wiki. */
@Command // else it is no mixin
final class MeasuredFollower {
  @Option(names = "--model", defaultValue = "e5", description = "Default: ${DEFAULT-VALUE}.")
  private String model = "e5";

  @Option(
      names = "--settle",
      defaultValue = "5",
      description = "Seconds within which edits of a page are fetched once: ${DEFAULT-VALUE}.")
  private long settle = 5;

  @Option(names = "--parallelism", description = "Default: that of `realm up`.")
  private int parallelism = ClusterSettings.defaultParallelism();

  /** What is measured. */
  interface Measurement {
    void run(Path directory, FollowedTraffic traffic) throws Exception;
  }

  void run(Measurement measurement) throws Exception {
    Path directory = Files.createTempDirectory("realm-follower");
    RunSettings settings = new RunSettings(directory, 0, 0, null, parallelism, model, false);
    try (LocalApi api = new LocalApi();
        EmbeddedRun run =
            EmbeddedRun.start(
                settings,
                jobs -> {
                  jobs.set(WikipediaOptions.CONTACT, "a@example.org");
                  jobs.set(WikipediaOptions.APIS, Map.of("enwiki", api.address()));
                  jobs.set(WikipediaOptions.SETTLE, Duration.ofSeconds(settle));
                  return EmbeddedJob.all(jobs);
                },
                line -> System.out.println(line))) {
      run.announce();
      Connection connection = Connection.to(run.bootstrapServers());
      try (FollowedTraffic traffic = new FollowedTraffic(connection, api)) {
        measurement.run(directory, traffic);
      }
    } finally {
      Folders.delete(directory);
    }
  }

  /** The first loads, which are reported apart. */
  static void load(FollowedTraffic traffic, Iterable<MadeUpPage> pages) {
    FollowedTraffic.Counts counts = traffic.restart();
    StepTimes before = StepTimes.now();
    long start = System.nanoTime();
    long characters = 0;
    for (MadeUpPage page : pages) {
      characters += page.wikitext().length();
      traffic.send(page);
    }
    traffic.awaitAll();
    System.out.printf(
        Locale.ROOT,
        "%,d pages with %,d characters of wikitext loaded in %.0f s, %,d passages%n",
        counts.sent,
        characters,
        (System.nanoTime() - start) / 1e9,
        counts.embedded);
    StepTimes.now().print(before, counts.sent);
  }

  /** Percentiles of an edit's way, in milliseconds. */
  static String percentiles(FollowedTraffic.Counts counts) {
    return String.format(
        Locale.ROOT,
        "%,d edits, %,d published, %.2f passages embedded an edit; edit to answerable p50 %,.0f ms,"
            + " p99 %,.0f ms, longest %,.0f ms",
        counts.sent,
        counts.published,
        (double) counts.embedded / counts.sent,
        counts.answerableMs.median(),
        counts.answerableMs.percentile(99),
        counts.answerableMs.percentile(100));
  }
}
