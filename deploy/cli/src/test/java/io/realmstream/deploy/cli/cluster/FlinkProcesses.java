package io.realmstream.deploy.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.realmstream.deploy.embedded.JavaProcess;
import io.realmstream.deploy.embedded.host.Ports;
import io.realmstream.deploy.embedded.host.StartException;
import io.realmstream.deploy.monitoring.MonitoringFiles;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;

/**
 * Flink's processes with {@code deploy/compose/conf}. Only addresses, ports and folders are others,
 * as they must be on a machine that has more to do. Memory is divided as Flink's scripts divide it.
 */
final class FlinkProcesses {
  private static final Path CONF =
      MonitoringFiles.root().resolve(Path.of("deploy", "compose", "conf"));

  private final Path directory;
  private final int rpc;
  private final int rest;
  private final List<Integer> metrics;

  FlinkProcesses(Path directory) throws StartException {
    this.directory = directory;
    Iterator<Integer> free = Ports.free(4).iterator();
    rpc = free.next();
    rest = free.next();
    metrics = List.of(free.next(), free.next());
  }

  /** An address at which nobody listens. */
  static String nobody() throws StartException {
    return "http://localhost:" + Ports.free(1).get(0);
  }

  /** Of the JobManager's REST interface. */
  String rest() {
    return "http://localhost:" + rest;
  }

  JavaProcess jobManager(Path logs) throws IOException {
    return start(StandaloneSessionClusterEntrypoint.class, logs, metrics.get(0), List.of());
  }

  JavaProcess taskManager(Path logs) throws IOException {
    Configuration configuration = GlobalConfiguration.loadConfiguration(CONF.toString());
    String memory =
        TaskExecutorProcessUtils.generateDynamicConfigsStr(
            TaskExecutorProcessUtils.processSpecFromConfig(configuration));
    return start(
        TaskManagerRunner.class, logs, metrics.get(1), List.of(memory.strip().split("\\s+", -1)));
  }

  /** What alerts and dashboard name, Flink's own reporter tells under the same names. */
  void requireMetrics() throws IOException {
    Set<String> named = new TreeSet<>();
    for (String metric : MonitoringFiles.metrics()) {
      if (!MonitoringFiles.isOfFollower(metric)) {
        named.add(metric);
      }
    }
    await("metrics of Flink's own reporter")
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(() -> assertThat(told()).containsAll(named));
  }

  /** One that is killed tells nothing, and nobody tells anything in its stead. */
  void requireNothingOf(JavaProcess taskManager) throws IOException, InterruptedException {
    taskManager.kill();
    assertThatThrownBy(() -> told(metrics.get(1))).isInstanceOf(ConnectException.class);
    assertThat(told(metrics.get(0)))
        .contains("flink_jobmanager_numRegisteredTaskManagers")
        .noneMatch(metric -> metric.startsWith("flink_taskmanager"));
  }

  private Set<String> told() throws IOException, InterruptedException {
    Set<String> told = new TreeSet<>();
    for (int port : metrics) {
      told.addAll(told(port));
    }
    return told;
  }

  private static Set<String> told(int port) throws IOException, InterruptedException {
    URI page = URI.create("http://localhost:" + port + "/metrics");
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString())
        .body()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.replaceAll("[{ ].*", ""))
        .collect(Collectors.toSet());
  }

  private JavaProcess start(Class<?> main, Path logs, int reporter, List<String> more)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--configDir", CONF.toString()));
    arguments.addAll(more);
    List<String> own =
        List.of(
            "jobmanager.rpc.address=localhost",
            "jobmanager.rpc.port=" + rpc,
            "jobmanager.bind-host=localhost",
            "rest.address=localhost",
            "rest.bind-address=localhost",
            "rest.port=" + rest,
            "blob.server.port=0",
            "taskmanager.host=localhost",
            "taskmanager.bind-host=localhost",
            "taskmanager.resource-id=tm-1",
            "metrics.reporter.prometheus.port=" + reporter,
            "io.tmp.dirs=" + folder("tmp"),
            "state.backend.rocksdb.localdir=" + folder("state"),
            "execution.checkpointing.dir=" + folder("checkpoints").toUri(),
            "execution.checkpointing.savepoint-dir=" + folder("savepoints").toUri());
    own.forEach(setting -> arguments.addAll(List.of("-D", setting)));
    Path log = logs.resolve(main.getSimpleName() + ".log");
    return JavaProcess.startLogging(log, main, arguments.toArray(String[]::new));
  }

  private Path folder(String name) throws IOException {
    return Files.createDirectories(directory.resolve(name));
  }
}
