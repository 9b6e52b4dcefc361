package io.realmstream.deploy.bench.faults;

import io.realmstream.deploy.bench.faults.FaultsBench.Outcome;
import io.realmstream.deploy.bench.faults.Ledger.Tally;
import io.realmstream.deploy.bench.faults.Witness.Rates;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.arguments.Range;
import io.realmstream.deploy.cli.console.Page;
import io.realmstream.deploy.cli.console.Streams;
import io.realmstream.deploy.cli.evaluate.Samples;
import io.realmstream.deploy.embedded.host.Folders;
import io.realmstream.deploy.json.Json;
import io.realmstream.schemas.query.QueryScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
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
  private static final String LINE = "%-21s %8s %9s %6s %5s %10s %7s %7s %6s %7s %6s";

  private static final String HEAD =
      Page.format(
          LINE,
          "",
          "answer s",
          "slowest s",
          "asked",
          "open",
          "overloaded",
          "repeats",
          "inexact",
          "edits",
          "waiting",
          "wrong");

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
      defaultValue = "500",
      description = "Loaded at the beginning, one passage each. Default: ${DEFAULT-VALUE}.")
  @Range(min = 1, max = QueryScope.K_MAX)
  private int documents;

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
    Set<Fault> chosen = faults == null ? EnumSet.allOf(Fault.class) : EnumSet.copyOf(faults);
    Path directory = Files.createTempDirectory("realm-faults");
    streams.err().println("starting a cluster in " + directory);
    try (FaultyCluster cluster = FaultyCluster.up(directory, taskManagers, FaultsBench.MODEL)) {
      return measure(cluster, chosen);
    } finally {
      Folders.delete(directory);
    }
  }

  private int measure(FaultyCluster cluster, Set<Fault> chosen)
      throws IOException, InterruptedException {
    Rates rates = new Rates(questions, edits);
    List<Outcome> outcomes = new ArrayList<>();
    Duration calm = Duration.ofSeconds(calmSeconds);
    Duration hang = Duration.ofSeconds(hangSeconds);
    try (FaultsBench bench = new FaultsBench(cluster, rates, calm, hang)) {
      streams.err().println("loading %d documents".formatted(documents));
      bench.load(documents);
      if (!json) {
        streams.out().println(HEAD);
      }
      for (Fault fault : chosen) {
        for (int i = 0; i < times; i++) {
          Outcome outcome = bench.run(fault);
          outcomes.add(outcome);
          streams.out().println(json ? Json.line(outcome) : line(outcome));
          outcome.wrong().stream().limit(TOLD).forEach(streams.err()::println);
        }
      }
    }
    if (!json) {
      chosen.forEach(fault -> streams.out().println(summary(fault, outcomes)));
    }
    return outcomes.stream().allMatch(Outcome::isRight) ? ExitCode.OK : ExitCode.FAILED;
  }

  static String line(Outcome outcome) {
    Tally tally = outcome.tally();
    return Page.format(
        LINE,
        outcome.fault(),
        Page.format("%.1f", outcome.secondsToAnswer()),
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
        .forEach(outcome -> seconds.add(outcome.secondsToAnswer()));
    return Page.format(
        "%-21s first answer after %.1f s (median), %.1f s (worst of %d)",
        fault, seconds.median(), seconds.percentile(100), seconds.count());
  }
}
