package io.realmstream.deploy.bench.overhead;

import io.realmstream.deploy.bench.Comparison;
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
import io.realmstream.jobs.RealmOptions;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.schemas.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what the pipeline costs on top of its models. */
@Command(
    name = "overhead",
    mixinStandardHelpOptions = true,
    description = {
      "Runs everything in a temporary folder and measures both jobs against the same models in a"
          + " bare",
      "loop and against a Flink job that only passes records on. Both sides of a pair run one"
          + " after",
      "the other; the ratio is the median of the pairs' ratios."
    })
public final class OverheadCommand implements Callable<Integer> {
  @Mixin private final Streams streams = new Streams();

  @Option(
      names = "--model",
      paramLabel = "NAME",
      defaultValue = "e5",
      description = "Checkpoint, one that ships. Default: ${DEFAULT-VALUE}.")
  private String model = "e5";

  @Option(
      names = "--pairs",
      paramLabel = "COUNT",
      defaultValue = "5",
      description = "Default: ${DEFAULT-VALUE}.")
  @Range(min = 1)
  private int pairs;

  @Option(
      names = "--size",
      paramLabel = "COUNT",
      defaultValue = "40",
      description =
          "Edits a side of a pair, and questions; ten times as many passages are loaded. Default:"
              + " ${DEFAULT-VALUE}.")
  @Range(min = 2)
  private int size;

  @Option(names = "--json", description = "One line of JSON a comparison.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (!DefaultCheckpoints.NAMES.contains(model)) {
      throw CommandFailure.usage("--model must be one of " + DefaultCheckpoints.NAMES);
    }
    Path directory = Files.createTempDirectory("realm-overhead");
    try {
      RunSettings settings =
          new RunSettings(
              directory, 0, 0, null, ClusterSettings.defaultParallelism(), model, false);
      PrintWriter err = streams.err();
      return ForegroundRun.execute(
          settings, OverheadCommand::jobs, err, run -> measure(run, settings.models()));
    } finally {
      Folders.delete(directory);
    }
  }

  private static List<EmbeddedJob> jobs(Configuration settings) {
    Configuration own = new Configuration(settings);
    own.set(RealmOptions.READ_SHARED_FOR, Duration.ZERO); // the sample's questions repeat
    List<EmbeddedJob> jobs = new ArrayList<>(EmbeddedJob.all(own));
    jobs.add(PassThroughJob.of(settings));
    return jobs;
  }

  private int measure(EmbeddedRun run, Path modelFolder) {
    Connection connection =
        new Connection(Map.of("bootstrap.servers", run.bootstrapServers()), new Topics("realm"));
    int threads = Runtime.getRuntime().availableProcessors();
    try (BareModels models = new BareModels(DefaultCheckpoints.named(model), modelFolder, threads);
        OverheadBench bench = new OverheadBench(connection, models, streams.err()::println)) {
      print(bench.run(pairs, size));
    }
    return ExitCode.OK;
  }

  private void print(List<Comparison> comparisons) {
    PrintWriter out = streams.out();
    if (!json) {
      out.printf("%-58s %15s %15s %6s%n", "", "pipeline", "baseline", "ratio");
    }
    comparisons.forEach(row -> out.println(json ? row.json() : row.line()));
    out.flush();
  }
}
