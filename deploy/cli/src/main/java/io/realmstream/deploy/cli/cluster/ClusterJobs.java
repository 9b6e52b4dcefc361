package io.realmstream.deploy.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.Realm;
import io.realmstream.deploy.flink.FlinkRest;
import io.realmstream.deploy.processes.ClusterFile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The jobs of a cluster on this machine: submits them, and waits until every task runs. */
final class ClusterJobs {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(200);

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
   * Runs {@code realm submit}; each job goes on from its newest checkpoint in the folder.
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
    StringWriter said = new StringWriter();
    int code =
        Realm.execute(
            Realm.commandLine(), new StringWriter(), said, arguments.toArray(String[]::new));
    List<String> lines = said.toString().lines().toList();
    if (code != ExitCode.OK) {
      String reason = lines.isEmpty() ? "realm submit failed" : lines.get(lines.size() - 1);
      throw new CommandFailure(code, reason.replaceFirst("^realm: ", ""));
    }
    lines.forEach(err::println);
    awaitRunning();
  }

  private void awaitRunning() throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    for (FlinkRest.Job job : flink.jobs()) {
      while (!runs(flink.get("/jobs/" + job.id()))) {
        String failure = failure(flink.get("/jobs/" + job.id() + "/exceptions"));
        if (!failure.isEmpty()) {
          throw CommandFailure.failed(job.name() + " does not run: " + failure);
        }
        if (System.nanoTime() > end) {
          throw CommandFailure.failed(
              "%s did not run within %d s".formatted(job.name(), PATIENCE.toSeconds()));
        }
        Thread.sleep(POLL_INTERVAL.toMillis());
      }
    }
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
