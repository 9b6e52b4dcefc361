package io.realmstream.deploy.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.Realm;
import io.realmstream.deploy.client.ClientException;
import io.realmstream.deploy.flink.FlinkRest;
import io.realmstream.deploy.processes.ClusterFile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;

/** The jobs of a cluster on this machine: submits them, and waits until every task runs. */
final class ClusterJobs {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(200);
  private static final Duration PAUSE = Duration.ofSeconds(2);

  /** A source that is read once ends. */
  private static final Set<String> BEGUN = Set.of("RUNNING", "FINISHED");

  private final ClusterFile cluster;
  private final FlinkRest flink;
  private final PrintWriter err;

  ClusterJobs(ClusterFile cluster, FlinkRest flink, PrintWriter err) {
    this.cluster = cluster;
    this.flink = flink;
    this.err = err;
  }

  /**
   * Runs {@code realm submit} until nothing is out of reach; each job goes on from its newest
   * checkpoint in the folder.
   *
   * @param once arguments of this submission alone
   * @throws CommandFailure with the reason that it gave
   */
  void submit(Path checkpoints, List<String> once) throws InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("submit", "--resume", checkpoints.toString()));
    arguments.addAll(List.of("--bootstrap-servers", cluster.bootstrapServers()));
    arguments.addAll(List.of("--flink", cluster.dashboard()));
    arguments.addAll(cluster.submission());
    arguments.addAll(once);
    insist(
        said ->
            Realm.execute(
                Realm.commandLine(), new StringWriter(), said, arguments.toArray(String[]::new)));
    awaitRunning();
  }

  /**
   * Gives a command again while its end is that somebody does not answer: on a busy machine that is
   * often a matter of seconds.
   *
   * @param command takes a place for what it says, and gives its exit code
   */
  void insist(ToIntFunction<Writer> command) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      StringWriter said = new StringWriter();
      int code = command.applyAsInt(said);
      List<String> lines = said.toString().lines().toList();
      if (code == ExitCode.OK) {
        lines.forEach(err::println);
        return;
      }
      String reason =
          lines.isEmpty()
              ? "realm submit failed"
              : lines.get(lines.size() - 1).replaceFirst("^realm: ", "");
      if (code != ExitCode.UNREACHABLE || System.nanoTime() > end) {
        throw new CommandFailure(code, reason);
      }
      err.println(reason + "; trying again");
      Thread.sleep(PAUSE.toMillis());
    }
  }

  /** Returns when every task runs; a request that gets no answer is made again. */
  void awaitRunning() throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    String waiting = "not every task runs";
    while (!waiting.isEmpty()) {
      if (System.nanoTime() > end) {
        throw CommandFailure.failed("%s after %d s".formatted(waiting, PATIENCE.toSeconds()));
      }
      try {
        waiting = waiting();
      } catch (ClientException e) {
        if (e.kind() != ClientException.Kind.UNREACHABLE) {
          throw e;
        }
        waiting = String.valueOf(e.getMessage());
      }
      Thread.sleep(POLL_INTERVAL.toMillis());
    }
  }

  /** What is waited for; empty = nothing. */
  private String waiting() {
    for (FlinkRest.Job job : flink.jobs()) {
      if (!runs(flink.get("/jobs/" + job.id()))) {
        String failure = failure(flink.get("/jobs/" + job.id() + "/exceptions"));
        if (!failure.isEmpty()) {
          throw CommandFailure.failed(job.name() + " does not run: " + failure);
        }
        return job.name() + " does not run";
      }
    }
    return "";
  }

  /** Whether each task of a job has restored its state and runs. */
  static boolean runs(JsonNode job) {
    for (JsonNode vertex : job.path("vertices")) {
      int begun = 0;
      for (String state : BEGUN) {
        begun += vertex.at("/tasks/" + state).asInt();
      }
      if (begun < vertex.path("parallelism").asInt()) {
        return false;
      }
    }
    return job.path("state").asText().equals("RUNNING");
  }

  /** The innermost cause of a job's last failure in one line; empty if it had none. */
  static String failure(JsonNode exceptions) {
    String trace = exceptions.at("/exceptionHistory/entries/0/stacktrace").asText();
    String cause = trace.lines().findFirst().orElse("");
    for (String line : trace.lines().toList()) {
      cause = line.startsWith("Caused by: ") ? line.substring("Caused by: ".length()) : cause;
    }
    return cause;
  }
}
