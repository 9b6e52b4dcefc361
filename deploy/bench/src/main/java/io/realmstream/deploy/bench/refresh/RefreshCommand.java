package io.realmstream.deploy.bench.refresh;

import io.realmstream.deploy.bench.refresh.RefreshBench.Fact;
import io.realmstream.deploy.bench.refresh.RefreshBench.Plan;
import io.realmstream.deploy.bench.refresh.RefreshBench.Report;
import io.realmstream.deploy.bench.refresh.Traffic.Rates;
import io.realmstream.deploy.bench.refresh.Window.Turns;
import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.arguments.Range;
import io.realmstream.deploy.cli.console.Streams;
import io.realmstream.deploy.cli.run.ForegroundRun;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.embedded.EmbeddedRun;
import io.realmstream.deploy.embedded.RunSettings;
import io.realmstream.deploy.embedded.cluster.ClusterSettings;
import io.realmstream.deploy.embedded.cluster.EmbeddedJob;
import io.realmstream.deploy.embedded.host.Folders;
import io.realmstream.deploy.embedded.host.Ports;
import io.realmstream.deploy.embedded.host.StartException;
import io.realmstream.deploy.json.Json;
import io.realmstream.jobs.RealmOptions;
import io.realmstream.schemas.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what edits and questions feel of a rebuild. */
@Command(
    name = "refresh",
    mixinStandardHelpOptions = true,
    description = {
      "Runs everything in a temporary folder and goes from e5 to minilm to bge under questions and"
          + " edits.",
      "Before each rebuild the same traffic meets the same version alone; the ratio is that of the"
          + " two.",
      "A superseded version is retired at once, so that an edit is embedded once in quiet windows."
    })
public final class RefreshCommand implements Callable<Integer> {
  private static final int RATE_MAX = 100_000;
  private static final Duration ROLLBACK_WINDOW = Duration.ofSeconds(2);

  @Mixin private final Streams streams = new Streams();

  @Option(
      names = "--passages",
      paramLabel = "FILE",
      description = "Lines {id, title, text}. Default: running text of the sample.")
  private @Nullable Path passages;

  @Option(
      names = "--documents",
      paramLabel = "COUNT",
      defaultValue = "1000",
      description = "Of one passage each. Default: ${DEFAULT-VALUE}.")
  @Range(min = 1)
  private int documents;

  @Option(
      names = "--retrieve",
      paramLabel = "RATE",
      defaultValue = "5",
      description = "RETRIEVE questions a second, in their turns. Default: ${DEFAULT-VALUE}.")
  @Range(min = 0.001, max = RATE_MAX)
  private double retrieve;

  @Option(
      names = "--open-qa",
      paramLabel = "RATE",
      defaultValue = "1",
      description = "OPEN_QA questions a second, in their turns. Default: ${DEFAULT-VALUE}.")
  @Range(min = 0.001, max = RATE_MAX)
  private double openQa;

  @Option(
      names = "--edits",
      paramLabel = "RATE",
      defaultValue = "2",
      description = "Edits a second, in both. Default: ${DEFAULT-VALUE}.")
  @Range(min = 0.001, max = RATE_MAX)
  private double edits;

  @Option(
      names = "--turn",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "How long questions of one kind are asked. Default: ${DEFAULT-VALUE}.")
  @Range(min = 0.001, max = Range.SECONDS_MAX)
  private double turn;

  @Option(
      names = "--cycles",
      paramLabel = "COUNT",
      defaultValue = "3",
      description = "Turns of each kind in a quiet window. Default: ${DEFAULT-VALUE}.")
  @Range(min = 1)
  private int cycles;

  @Option(
      names = "--rounds",
      paramLabel = "COUNT",
      defaultValue = "1",
      description = "Times through the three checkpoints. Default: ${DEFAULT-VALUE}.")
  @Range(min = 1)
  private int rounds;

  @Option(
      names = "--warm-ups",
      paramLabel = "COUNT",
      defaultValue = "4",
      description = "Cycles before, until the compiler rests. Default: at most ${DEFAULT-VALUE}.")
  @Range(min = 0)
  private int warmUps;

  @Option(
      names = "--share",
      paramLabel = "SHARE",
      description = "realm.rebuild.share. Default: the jobs' own.")
  @Range(min = 0, max = 1)
  private @Nullable Double share;

  @Option(names = "--json", description = "One line of JSON a figure.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    EditedDocuments editedDocuments = EditedDocuments.of(passages, documents);
    Path directory = Files.createTempDirectory("realm-refresh");
    try {
      int metrics = Ports.claim(0, "metrics");
      int parallelism = ClusterSettings.defaultParallelism();
      RunSettings settings =
          new RunSettings(
              directory,
              0,
              0,
              InetSocketAddress.createUnresolved("localhost", metrics),
              parallelism,
              "e5",
              false);
      PrintWriter err = streams.err();
      return ForegroundRun.execute(
          settings, this::jobs, err, run -> measure(run, editedDocuments, metrics));
    } catch (StartException e) {
      throw CommandFailure.failed("cannot start: " + e.getMessage());
    } finally {
      Folders.delete(directory);
    }
  }

  private List<EmbeddedJob> jobs(Configuration settings) {
    Configuration own = new Configuration(settings);
    own.set(RealmOptions.ROLLBACK_WINDOW, ROLLBACK_WINDOW);
    own.set(RealmOptions.READ_SHARED_FOR, Duration.ZERO); // the sample's questions repeat
    if (share != null) {
      own.set(RealmOptions.REBUILD_SHARE, share);
    }
    return EmbeddedJob.all(own);
  }

  private int measure(EmbeddedRun run, EditedDocuments editedDocuments, int metrics) {
    Connection connection =
        new Connection(Map.of("bootstrap.servers", run.bootstrapServers()), new Topics("realm"));
    Turns turns = new Turns(Duration.ofMillis((long) (turn * 1000)), burst());
    try (Traffic traffic =
        new Traffic(connection, editedDocuments, new Rates(retrieve, openQa, edits))) {
      RefreshBench bench =
          new RefreshBench(traffic, () -> UpdaterCounters.at(metrics), streams.err()::println);
      print(
          bench.run(new Plan(turns, warmUps, cycles, rounds), editedDocuments.documents().size()));
    }
    return ExitCode.OK;
  }

  /** About as many as a turn has. */
  private int burst() {
    return Math.max(1, (int) (edits * turn));
  }

  private void print(Report report) {
    PrintWriter out = streams.out();
    if (!json) {
      out.printf("%-58s %15s %15s %6s%n", "", "rebuilding", "quiet", "ratio");
    }
    report.comparisons().forEach(row -> out.println(json ? row.json() : row.line()));
    for (Fact fact : report.facts()) {
      out.println(
          json
              ? Json.line(fact)
              : String.format(
                  Locale.ROOT, "%-58s %9.2f %s", fact.name(), fact.value(), fact.unit()));
    }
    out.flush();
  }
}
