package io.realmstream.deploy.processes;

import io.realmstream.deploy.embedded.host.Folders;
import io.realmstream.deploy.embedded.host.Memory;
import io.realmstream.deploy.embedded.host.Ports;
import io.realmstream.deploy.embedded.host.StartException;
import io.realmstream.deploy.metrics.PrometheusReporterFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.jspecify.annotations.Nullable;

/**
 * What a cluster is asked for.
 *
 * @param directory where everything lives; created if missing
 * @param kafkaPort 0 = a free one
 * @param dashboardPort of Flink's dashboard and REST interface; 0 = a free one
 * @param metricsPort first of the ports where Prometheus reads Flink's processes, one a process;
 *     null = nowhere
 * @param submission how the jobs are submitted: options of {@code realm submit}
 */
public record ClusterPlan(
    Path directory,
    int kafkaPort,
    int dashboardPort,
    @Nullable Integer metricsPort,
    ClusterSize size,
    List<String> submission) {
  /** Heap of the broker as start.sh has it, and what its JVM takes besides. */
  private static final long BROKER_BYTES = (512L + 256) << 20;

  /** The same of ZooKeeper. */
  private static final long ZOOKEEPER_BYTES = (64L + 128) << 20;

  private static final String REPORTER = "metrics.reporter.prometheus.";

  /** Makes the folder's name absolute. */
  public ClusterPlan {
    directory = directory.toAbsolutePath().normalize();
    submission = List.copyOf(submission);
  }

  /**
   * Finds ports and writes the configuration, if this machine has what the plan needs.
   *
   * @param conf folder of the configuration
   * @throws StartException with what does not suffice
   */
  ClusterFile write(Path conf) throws StartException, IOException {
    if (!Folders.isListable(directory)) {
      throw new StartException(
          "the folder's name may have no , : ; or ! in it, which divide names in settings of Kafka"
              + " and Flink: "
              + directory);
    }
    Folders.requireSpace(directory);
    List<Integer> free = Ports.free(6);
    int kafka = kafkaPort == 0 ? free.get(0) : Ports.claim(kafkaPort, "Kafka");
    int dashboard =
        dashboardPort == 0 ? free.get(1) : Ports.claim(dashboardPort, "Flink's dashboard");
    int zooKeeper = free.get(4);
    Map<String, String> flink = flink(dashboard, free.get(2));
    if (size.standby()) {
      flink.putAll(highAvailability(zooKeeper));
    }
    if (metricsPort != null) {
      flink.putAll(reporter(metricsPort));
    }
    ProcessFiles.write(conf, flink, broker(kafka, free.get(3)), zooKeeper(zooKeeper));
    requireMemory(conf);
    List<String> dashboards = new ArrayList<>(List.of("http://localhost:" + dashboard));
    if (size.standby()) {
      dashboards.add("http://localhost:" + free.get(5));
    }
    return new ClusterFile("localhost:" + kafka, dashboards, submission, List.of());
  }

  /** Where each job has a folder, as in an embedded run. */
  public Path checkpoints() {
    return directory.resolve("checkpoints");
  }

  /** What ZooKeeper keeps, and what JobManagers keep for each other. */
  List<Path> highAvailability() {
    return List.of(directory.resolve("zookeeper"), directory.resolve("leader"));
  }

  private Map<String, String> flink(int dashboard, int jobManager) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("jobmanager.rpc.port", Integer.toString(jobManager));
    settings.put("rest.port", Integer.toString(dashboard));
    settings.put("taskmanager.numberOfTaskSlots", Integer.toString(size.slots()));
    settings.put("execution.checkpointing.dir", Folders.flinkPath(checkpoints()));
    settings.put("io.tmp.dirs", directory.resolve("tmp").toString());
    if (size.memory() != null) {
      settings.put("taskmanager.memory.process.size", size.memory());
    }
    return settings;
  }

  private Map<String, String> highAvailability(int port) {
    return Map.of(
        "high-availability.type",
        "zookeeper",
        "high-availability.zookeeper.quorum",
        "localhost:" + port,
        "high-availability.storageDir",
        Folders.flinkPath(highAvailability().get(1)));
  }

  /** Each process takes the first port that no other has. */
  private Map<String, String> reporter(int first) throws StartException {
    int last = first + size.processes() - 1;
    for (int port = first; port <= last; port++) {
      Ports.claim(port, "metrics");
    }
    return Map.of(
        REPORTER + "factory.class",
        PrometheusReporterFactory.class.getName(),
        REPORTER + PrometheusReporterFactory.PORT,
        first + "-" + last);
  }

  private Map<String, String> broker(int port, int controller) {
    return Map.of(
        "listeners",
        "PLAINTEXT://localhost:%d,CONTROLLER://localhost:%d".formatted(port, controller),
        "controller.quorum.voters",
        "1@localhost:" + controller,
        "log.dirs",
        directory.resolve("kafka").resolve("data").toString());
  }

  private Map<String, String> zooKeeper(int port) {
    String data = highAvailability().get(0).toString();
    return Map.of("clientPort", Integer.toString(port), "dataDir", data);
  }

  private void requireMemory(Path conf) throws StartException {
    long needed = bytes(conf);
    long available = Memory.available();
    if (needed > available) {
      throw new StartException(
          "no memory: the processes may take %d MiB, %d are available; give fewer TaskManagers, or"
                  .formatted(needed >> 20, available >> 20)
              + " less to each (--memory)");
    }
  }

  /** What all processes may take, as the configuration has it. */
  private long bytes(Path conf) throws StartException {
    Configuration settings = GlobalConfiguration.loadConfiguration(conf.toString());
    try {
      long taskManager =
          TaskExecutorProcessUtils.processSpecFromConfig(settings)
              .getTotalProcessMemorySize()
              .getBytes();
      long jobManager = settings.get(JobManagerOptions.TOTAL_PROCESS_MEMORY).getBytes();
      return BROKER_BYTES
          + (size.standby() ? ZOOKEEPER_BYTES : 0)
          + size.jobManagers() * jobManager
          + size.taskManagers() * taskManager;
    } catch (RuntimeException e) { // of several kinds, for what is no size, or too small a one
      throw new StartException("Flink refuses the memory of TaskManagers: " + e.getMessage());
    }
  }
}
