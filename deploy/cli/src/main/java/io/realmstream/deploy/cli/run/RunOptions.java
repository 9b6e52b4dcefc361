package io.realmstream.deploy.cli.run;

import io.realmstream.deploy.cli.arguments.Range;
import io.realmstream.deploy.cli.wikipedia.FollowedWikis;
import io.realmstream.deploy.door.DoorSettings;
import io.realmstream.deploy.embedded.RunSettings;
import io.realmstream.deploy.embedded.cluster.ClusterSettings;
import io.realmstream.deploy.embedded.cluster.EmbeddedJob;
import io.realmstream.deploy.embedded.cluster.RealmJob;
import io.realmstream.jobs.LearningOptions;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What {@code realm up} is asked for. */
final class RunOptions {

  @Mixin private final RunDirectory directory = new RunDirectory();
  @Mixin private final PortOptions ports = new PortOptions();

  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      description = "Port where Prometheus reads the metrics of the jobs. Default: none.")
  @Range(min = 1, max = Range.PORT_MAX)
  private @Nullable Integer metricsPort;

  @Option(
      names = "--metrics-host",
      paramLabel = "HOST",
      defaultValue = "localhost",
      description =
          "Address that --metrics-port listens on, 0.0.0.0 = every interface: whoever reaches it"
              + " reads the metrics. Default: ${DEFAULT-VALUE}.")
  private String metricsHost = "localhost";

  @Option(
      names = "--console",
      description =
          "Opens a door for HTTP besides, on loopback and with control; see `realm serve`.")
  private boolean console;

  @Option(
      names = "--console-port",
      paramLabel = "PORT",
      defaultValue = "" + DoorSettings.PORT,
      description = "Port of --console. Default: ${DEFAULT-VALUE}.")
  @Range(min = 1, max = Range.PORT_MAX)
  private int consolePort = DoorSettings.PORT;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      completionCandidates = ModelNames.class,
      description =
          "Checkpoint to publish: ${COMPLETION-CANDIDATES}. Default: e5, if none was ever"
              + " published.")
  private @Nullable String model;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "Subtasks of each operator. Default: the machine's cores, at most 4.")
  @Range(min = 1, max = 16)
  private int parallelism = ClusterSettings.defaultParallelism();

  /** Whose state is discarded. */
  private enum Discarded {
    ALL,
    UPDATER,
    RETRIEVER;

    boolean isOf(EmbeddedJob job) {
      return this != ALL && job.name().equals(RealmJob.valueOf(name()).jobName());
    }
  }

  @Option(
      names = "--discard-state",
      paramLabel = "JOB",
      arity = "0..1",
      fallbackValue = "ALL",
      description =
          "Begin again from the topics: forget the jobs' checkpoints, whether or not they restore."
              + " With =updater or =retriever only that job's.")
  private @Nullable Discarded discarded;

  @Option(
      names = "--learn",
      description =
          "Runs RetrieverLearner besides, which learns from the documents' own sentences; see"
              + " `realm learn status`.")
  private boolean learn;

  @ArgGroup(exclusive = false)
  private @Nullable FollowedWikis followed;

  Path directory() {
    return directory.path();
  }

  @Nullable String model() {
    return model;
  }

  /** Port of the door; null = none. */
  @Nullable Integer consolePort() {
    return console ? consolePort : null;
  }

  /** Address of the door; null = none. */
  @Nullable String console() {
    return console ? "http://localhost:" + consolePort : null;
  }

  /** Where Prometheus reads metrics; null = nowhere. */
  @Nullable String metrics() {
    return metricsPort == null ? null : "http://" + metricsHost + ":" + metricsPort + "/metrics";
  }

  /** Says what does not go, or nothing. */
  @Nullable String complaint() {
    if (model != null && !DefaultCheckpoints.NAMES.contains(model)) {
      return "--model must be one of " + DefaultCheckpoints.NAMES + ", not " + model;
    }
    if (!isHost(metricsHost)) {
      return "--metrics-host: there is no host " + metricsHost;
    }
    return ports.complaint();
  }

  RunSettings settings() {
    InetSocketAddress metrics =
        metricsPort == null ? null : InetSocketAddress.createUnresolved(metricsHost, metricsPort);
    boolean discardsAll = discarded == Discarded.ALL;
    return new RunSettings(
        directory(), ports.kafka(), ports.dashboard(), metrics, parallelism, model, discardsAll);
  }

  /** The jobs to run, and their settings. */
  List<EmbeddedJob> jobs(Configuration settings) {
    if (followed != null) {
      followed.switchOn(settings);
    }
    if (learn) {
      settings.set(LearningOptions.ENABLED, true);
    }
    Discarded of = discarded;
    return EmbeddedJob.all(settings).stream()
        .map(job -> of != null && of.isOf(job) ? job.discardingState() : job)
        .toList();
  }

  /** The same request as arguments of another process. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--dir", directory().toString()));
    arguments.addAll(ports.arguments());
    arguments.addAll(List.of("--parallelism", Integer.toString(parallelism)));
    if (metricsPort != null) {
      arguments.addAll(List.of("--metrics-port", Integer.toString(metricsPort)));
      arguments.addAll(List.of("--metrics-host", metricsHost));
    }
    if (console) {
      arguments.addAll(List.of("--console", "--console-port", Integer.toString(consolePort)));
    }
    if (model != null) {
      arguments.addAll(List.of("--model", model));
    }
    if (discarded != null) {
      arguments.add("--discard-state=" + discarded);
    }
    if (learn) {
      arguments.add("--learn");
    }
    if (followed != null) {
      arguments.addAll(followed.arguments());
    }
    return arguments;
  }

  private static boolean isHost(String name) {
    try {
      return InetAddress.getAllByName(name).length > 0;
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static final class ModelNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return DefaultCheckpoints.NAMES.iterator();
    }
  }
}
