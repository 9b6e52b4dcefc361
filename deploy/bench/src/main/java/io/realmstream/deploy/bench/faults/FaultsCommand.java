package io.realmstream.deploy.bench.faults;

import io.realmstream.deploy.bench.faults.Alerts.Alerted;
import io.realmstream.deploy.bench.faults.FaultsBench.Calm;
import io.realmstream.deploy.bench.faults.FaultsBench.Outcome;
import io.realmstream.deploy.bench.faults.FaultyCluster.Shape;
import io.realmstream.deploy.bench.faults.Ledger.Tally;
import io.realmstream.deploy.bench.faults.Sizes.Size;
import io.realmstream.deploy.bench.faults.Witness.Rates;
import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.arguments.Range;
import io.realmstream.deploy.cli.console.Page;
import io.realmstream.deploy.cli.console.Streams;
import io.realmstream.deploy.cli.evaluate.Samples;
import io.realmstream.deploy.embedded.host.Folders;
import io.realmstream.deploy.embedded.host.StartException;
import io.realmstream.deploy.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code realm bench faults}: kills, stops and poisons a cluster under load. */
@Command(
    name = "faults",
    mixinStandardHelpOptions = true,
    description = {
      "Starts a cluster of processes in a temporary folder, loads documents, and kills or stops"
          + " processes, or poisons topics, under questions and edits.",
      "Says after each fault how long it took until a question was answered again, and what was"
          + " lost, repeated or wrong. Each answer is compared with plain loops over all documents."
          + " Exit code 1 = something was lost or wrong."
    })
public final class FaultsCommand implements Callable<Integer> {
  private static final String LINE = "%-21s %-7s %9s %7s %9s %6s %5s %10s %7s %7s %6s %7s %6s";

  private static final String HEAD =
      Page.format(
          LINE,
          "",
          "rebuild",
          "recover s",
          "alert s",
          "slowest s",
          "asked",
          "open",
          "overloaded",
          "repeats",
          "inexact",
          "edits",
          "waiting",
          "wrong");

  private static final String SIZE = "%-28s %12s %12s %8s";

  /** First of the ports where Prometheus reads Flink's processes. */
  private static final int METRICS_PORT = 9249;

  private static final Duration KILLS_EVERY = Duration.ofMinutes(2);

  /** So many wrong things are told of a fault. */
  private static final int TOLD = 10;

  @Mixin private final Streams streams = new Streams();

  @Option(
      names = "--fault",
      paramLabel = "NAME",
      description = "Only these: ${COMPLETION-CANDIDATES}. May be repeated. Default: each in turn.")
  private @Nullable List<Fault> faults;

  @Option(
      names = "--times",
      paramLabel = "N",
      defaultValue = "5",
      description = "How often each is done. Default: ${DEFAULT-VALUE}.")
  @Range(min = 1, max = 1000)
  private int times;

  @Option(
      names = "--task-managers",
      paramLabel = "N",
      defaultValue = "2",
      description = "Of the cluster. Default: ${DEFAULT-VALUE}.")
  @Range(min = 2, max = 64)
  private int taskManagers;

  @Option(
      names = "--documents",
      paramLabel = "N",
      defaultValue = "100000",
      description = "Loaded at the beginning, one passage each. Default: ${DEFAULT-VALUE}.")
  @Range(min = 1, max = 10_000_000)
  private int documents;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Of both jobs at the beginning. RESCALE goes to 1, 2 and 4 in turns and needs 4."
              + " Default: ${DEFAULT-VALUE}.")
  @Range(min = 1, max = 16)
  private int parallelism;

  @Option(
      names = "--standby",
      description = "With a second JobManager, which takes over from one that is killed.")
  private boolean standby;

  @Option(
      names = "--alerts",
      paramLabel = "FILE",
      description =
          "Alerts of a Prometheus, for instance deploy/monitoring/alerts.yaml. Nobody mends a fault"
              + " until its alert fires. Needs the command prometheus.")
  private @Nullable Path rules;

  @Option(
      names = "--soak",
      paramLabel = "MINUTES",
      description =
          "Instead of faults one by one: traffic for so long, a TaskManager killed every two"
              + " minutes, a new checkpoint in the middle.")
  @Range(min = 1, max = 100_000)
  private @Nullable Integer soakMinutes;

  @Option(
      names = "--hang",
      paramLabel = "SECONDS",
      defaultValue = "5",
      description = "How long a process hangs. Default: ${DEFAULT-VALUE}.")
  @Range(min = 1, max = 600)
  private int hangSeconds;

  @Option(
      names = "--calm",
      paramLabel = "SECONDS",
      defaultValue = "5",
      description =
          "Traffic before each fault, and after the first answer. Default: ${DEFAULT-VALUE}.")
  @Range(min = 1, max = 600)
  private int calmSeconds;

  @Option(
      names = "--questions",
      paramLabel = "RATE",
      defaultValue = "5",
      description = "Questions a second. Default: ${DEFAULT-VALUE}.")
  @Range(min = 0.1, max = 1000)
  private double questions;

  @Option(
      names = "--edits",
      paramLabel = "RATE",
      defaultValue = "2",
      description = "Edits a second, one of eight a deletion. Default: ${DEFAULT-VALUE}.")
  @Range(min = 0.1, max = 1000)
  private double edits;

  @Option(names = "--json", description = "One line of JSON a fault.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("realm-faults");
    streams.err().println("starting a cluster in " + directory);
    Integer metrics = rules == null ? null : (Integer) METRICS_PORT;
    Shape shape = new Shape(taskManagers, parallelism, standby, metrics);
    try (FaultyCluster cluster = FaultyCluster.up(directory, shape);
        Alerts alerts = alerts(directory)) {
      return measure(cluster, alerts);
    } catch (StartException e) {
      throw CommandFailure.failed("cannot start: " + e.getMessage());
    } finally {
      Folders.delete(directory);
    }
  }

  private @Nullable Alerts alerts(Path directory) throws IOException, StartException {
    if (rules == null) {
      return null;
    }
    int processes = taskManagers + (standby ? 2 : 1);
    List<Integer> ports = IntStream.range(METRICS_PORT, METRICS_PORT + processes).boxed().toList();
    return Alerts.watch(rules, directory.resolve("prometheus"), ports);
  }

  private int measure(FaultyCluster cluster, @Nullable Alerts alerts)
      throws IOException, InterruptedException {
    Rates rates = new Rates(questions, edits);
    Calm calm = new Calm(Duration.ofSeconds(calmSeconds), Duration.ofSeconds(hangSeconds));
    try (FaultsBench bench = new FaultsBench(cluster, rates, calm, alerts)) {
      streams.err().println("loading %d documents".formatted(documents));
      bench.load(documents);
      List<Outcome> outcomes = soakMinutes == null ? strike(bench) : soak(bench, soakMinutes);
      return outcomes.stream().allMatch(Outcome::isRight) ? ExitCode.OK : ExitCode.FAILED;
    }
  }

  private List<Outcome> strike(FaultsBench bench) throws IOException, InterruptedException {
    List<Outcome> outcomes = new ArrayList<>();
    if (!json) {
      streams.out().println(HEAD);
    }
    Set<Fault> chosen = faults == null ? EnumSet.allOf(Fault.class) : EnumSet.copyOf(faults);
    for (Fault fault : chosen) {
      for (int i = 0; i < times; i++) {
        // the second half meets a rebuild
        Outcome outcome = bench.run(fault, i >= (times + 1) / 2);
        outcomes.add(outcome);
        tell(outcome);
      }
    }
    if (!json) {
      chosen.forEach(fault -> streams.out().println(summary(fault, outcomes)));
    }
    return outcomes;
  }

  private List<Outcome> soak(FaultsBench bench, int minutes)
      throws IOException, InterruptedException {
    Sizes sizes = new Sizes();
    Outcome outcome = bench.soak(Duration.ofMinutes(minutes), KILLS_EVERY, sizes);
    if (!json) {
      streams.out().println(HEAD);
    }
    tell(outcome);
    streams.out().println(Page.format(SIZE, "MiB", "first third", "last third", "most"));
    sizes.sizes().forEach(size -> streams.out().println(line(size)));
    return List.of(outcome);
  }

  private void tell(Outcome outcome) {
    streams.out().println(json ? Json.line(outcome) : line(outcome));
    if (!json && outcome.alert() != null) {
      streams.out().println("  " + outcome.alert());
    }
    outcome.wrong().stream().limit(TOLD).forEach(streams.err()::println);
  }

  private static String line(Size size) {
    return Page.format(
        SIZE,
        size.what(),
        Page.format("%.0f", size.first()),
        Page.format("%.0f", size.last()),
        Page.format("%.0f", size.most()));
  }

  static String line(Outcome outcome) {
    Tally tally = outcome.tally();
    Alerted alert = outcome.alert();
    Double fired = alert == null ? null : alert.fired();
    return Page.format(
        LINE,
        outcome.fault(),
        outcome.rebuild() ? "yes" : "no",
        Page.format("%.1f", outcome.secondsToRecover()),
        fired == null ? "-" : Page.format("%.0f", fired),
        Page.format("%.1f", tally.slowestMs() / 1000),
        tally.questions(),
        tally.unanswered(),
        tally.overloaded(),
        tally.repeats(),
        tally.inexact(),
        tally.edits(),
        tally.waiting(),
        outcome.wrong().size());
  }

  static String summary(Fault fault, List<Outcome> outcomes) {
    Samples seconds = new Samples();
    outcomes.stream()
        .filter(outcome -> outcome.fault() == fault)
        .forEach(outcome -> seconds.add(outcome.secondsToRecover()));
    return Page.format(
        "%-21s recovered after %.1f s (median), %.1f s (worst of %d)",
        fault, seconds.median(), seconds.percentile(100), seconds.count());
  }
}
