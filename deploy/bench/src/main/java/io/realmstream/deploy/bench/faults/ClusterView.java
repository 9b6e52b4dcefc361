package io.realmstream.deploy.bench.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.client.ClientException;
import io.realmstream.deploy.embedded.cluster.RealmJob;
import io.realmstream.deploy.flink.FlinkRest;
import io.realmstream.deploy.processes.ClusterProcess;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** A cluster and its jobs as Flink's REST interface tells of them. */
final class ClusterView {
  static final List<RealmJob> JOBS = List.of(RealmJob.UPDATER, RealmJob.RETRIEVER);

  private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

  private final FlinkRest flink;

  ClusterView(FlinkRest flink) {
    this.flink = flink;
  }

  /** Returns when each job has a checkpoint that began after now. */
  void awaitCheckpoints() throws InterruptedException {
    long now = System.currentTimeMillis();
    for (RealmJob job : JOBS) {
      String path = path(job) + "/checkpoints";
      while (flink.get(path).at("/latest/completed/trigger_timestamp").asLong() < now) {
        Thread.sleep(POLL_INTERVAL.toMillis());
      }
    }
  }

  /** Whether every task of both jobs runs, as far as Flink knows. */
  boolean isRunning() {
    try {
      int jobs = 0;
      for (JsonNode job : flink.get("/jobs/overview").path("jobs")) {
        JsonNode tasks = job.path("tasks");
        boolean runs =
            job.path("state").asText().equals("RUNNING")
                && tasks.path("running").asInt() + tasks.path("finished").asInt()
                    == tasks.path("total").asInt();
        jobs += runs ? 1 : 0;
      }
      return jobs == JOBS.size();
    } catch (ClientException notYet) {
      return false;
    }
  }

  /**
   * How many passages the index of a version has, as the retriever's metric tells; -1 = unknown.
   */
  long passages(int version) {
    String job = path(RealmJob.RETRIEVER);
    long passages = -1;
    for (JsonNode vertex : flink.get(job).path("vertices")) {
      String metrics = job + "/vertices/" + vertex.path("id").asText() + "/metrics?get=";
      for (int i = 0; i < vertex.path("parallelism").asInt(); i++) {
        String name = "%d.passages.realm.version.%d.passages".formatted(i, version);
        JsonNode value = flink.get(metrics + name).path(0).path("value");
        if (!value.isMissingNode()) {
          passages = Math.max(0, passages) + value.asLong();
        }
      }
    }
    return passages;
  }

  /** Bytes of heap in use, by the name of each of Flink's processes that tells them. */
  Map<String, Double> heaps(List<ClusterProcess> taskManagers) {
    Map<String, Double> heaps = new LinkedHashMap<>();
    try {
      heap("/jobmanager").ifPresent(bytes -> heaps.put("jobmanager", bytes));
      for (ClusterProcess process : taskManagers) {
        heap("/taskmanagers/" + process.name()).ifPresent(b -> heaps.put(process.name(), b));
      }
    } catch (ClientException away) {
      // it has just ended, or is about to begin
    }
    return heaps;
  }

  private OptionalDouble heap(String process) {
    JsonNode value =
        flink.get(process + "/metrics?get=Status.JVM.Memory.Heap.Used").path(0).path("value");
    return value.isMissingNode() ? OptionalDouble.empty() : OptionalDouble.of(value.asDouble());
  }

  /** The TaskManager that has the retriever. */
  String taskManagerOfRetriever() {
    String job = path(RealmJob.RETRIEVER);
    String vertex = flink.get(job).at("/vertices/0/id").asText();
    return flink.get(job + "/vertices/" + vertex).at("/subtasks/0/taskmanager-id").asText();
  }

  /** A job that was rescaled has another id than before. */
  String path(RealmJob job) {
    return flink.jobs().stream()
        .filter(one -> one.name().equals(job.jobName()) && !one.state().matches("FIN.*|CANC.*"))
        .map(one -> "/jobs/" + one.id())
        .findFirst()
        .orElseThrow(() -> CommandFailure.failed(job.jobName() + " does not run"));
  }
}
