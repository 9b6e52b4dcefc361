package io.realmstream.deploy.processes;

import io.realmstream.deploy.embedded.host.Folders;
import io.realmstream.deploy.embedded.host.Memory;
import io.realmstream.deploy.embedded.host.Ports;
import io.realmstream.deploy.embedded.host.StartException;
import java.io.IOException;
import java.nio.file.Path;
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
 * @param taskManagers how many, 1 or more
 * @param memory of each TaskManager as Flink writes it, for instance 2g; null = as it ships
 * @param jobs how many will run
 * @param parallelism of each job
 * @param submission how the jobs are submitted: options of {@code realm submit}
 */
public record ClusterPlan(
    Path directory,
    int kafkaPort,
    int dashboardPort,
    int taskManagers,
    @Nullable String memory,
    int jobs,
    int parallelism,
    List<String> submission) {
  /** Heap of the broker as start.sh has it, and what its JVM takes besides. */
  private static final long BROKER_BYTES = (512L + 256) << 20;

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
    List<Integer> free = Ports.free(4);
    int kafka = kafkaPort == 0 ? free.get(0) : Ports.claim(kafkaPort, "Kafka");
    int dashboard =
        dashboardPort == 0 ? free.get(1) : Ports.claim(dashboardPort, "Flink's dashboard");
    ProcessFiles.write(conf, flink(dashboard, free.get(2)), broker(kafka, free.get(3)));
    long needed = bytes(conf);
    long available = Memory.available();
    if (needed > available) {
      throw new StartException(
          "no memory: the processes may take %d MiB, %d are available; give fewer TaskManagers, or"
                  .formatted(needed >> 20, available >> 20)
              + " less to each (--memory)");
    }
    return new ClusterFile(
        "localhost:" + kafka, "http://localhost:" + dashboard, submission, List.of());
  }

  /** Slots of each TaskManager: if one is lost, the others have room for all tasks. */
  int slots() {
    int others = Math.max(1, taskManagers - 1);
    return (jobs * parallelism + others - 1) / others;
  }

  private Map<String, String> flink(int dashboard, int jobManager) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("jobmanager.rpc.port", Integer.toString(jobManager));
    settings.put("rest.port", Integer.toString(dashboard));
    settings.put("taskmanager.numberOfTaskSlots", Integer.toString(slots()));
    settings.put("parallelism.default", Integer.toString(parallelism));
    settings.put("execution.checkpointing.dir", Folders.flinkPath(checkpoints()));
    settings.put("io.tmp.dirs", directory.resolve("tmp").toString());
    if (memory != null) {
      settings.put("taskmanager.memory.process.size", memory);
    }
    return settings;
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

  /** Where each job has a folder, as in an embedded run. */
  public Path checkpoints() {
    return directory.resolve("checkpoints");
  }

  /** What all processes may take, as the configuration has it. */
  private long bytes(Path conf) throws StartException {
    Configuration settings = GlobalConfiguration.loadConfiguration(conf.toString());
    try {
      long taskManager =
          TaskExecutorProcessUtils.processSpecFromConfig(settings)
              .getTotalProcessMemorySize()
              .getBytes();
      return BROKER_BYTES
          + settings.get(JobManagerOptions.TOTAL_PROCESS_MEMORY).getBytes()
          + taskManagers * taskManager;
    } catch (RuntimeException e) { // of several kinds, for what is no size, or too small a one
      throw new StartException("Flink refuses the memory of TaskManagers: " + e.getMessage());
    }
  }
}
