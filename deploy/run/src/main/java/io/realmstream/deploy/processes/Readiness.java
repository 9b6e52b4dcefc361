package io.realmstream.deploy.processes;

import io.realmstream.deploy.client.ClientException;
import io.realmstream.deploy.embedded.host.StartException;
import io.realmstream.deploy.flink.FlinkRest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** Waits until a process of a cluster that was started does what it is for. */
final class Readiness {
  private static final Duration REQUEST_PATIENCE = Duration.ofSeconds(10);

  private final ClusterFile cluster;
  private final Path conf;

  /**
   * @param cluster with the process
   * @param conf folder of the configuration
   */
  Readiness(ClusterFile cluster, Path conf) {
    this.cluster = cluster;
    this.conf = conf;
  }

  void await(ClusterProcess process) throws StartException, IOException, InterruptedException {
    switch (process.role()) {
      case BROKER -> ProcessStart.await(process, this::brokerAnswers);
      case ZOOKEEPER -> {
        int port = ProcessFiles.zooKeeperPort(conf);
        ProcessStart.await(process, () -> isOpen(port));
      }
      case JOBMANAGER -> {
        FlinkRest own = new FlinkRest(cluster.dashboard(process), REQUEST_PATIENCE);
        ProcessStart.await(process, () -> told(own, "/overview", "flink-version"));
      }
      case TASKMANAGER -> {
        FlinkRest any = new FlinkRest(cluster.dashboard(), REQUEST_PATIENCE);
        ProcessStart.await(process, () -> told(any, "/taskmanagers", process.name()));
      }
    }
  }

  /** Whether Flink's answer has that name in it. */
  private static boolean told(FlinkRest flink, String path, String name) {
    try {
      return flink.get(path).toString().contains('"' + name + '"');
    } catch (ClientException notYet) {
      return false;
    }
  }

  private static boolean isOpen(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  private boolean brokerAnswers() throws InterruptedException {
    Map<String, Object> settings =
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
            cluster.bootstrapServers(),
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
            1_000,
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            2_000);
    try (Admin admin = Admin.create(settings)) {
      return !admin.describeCluster().nodes().get().isEmpty();
    } catch (ExecutionException notYet) {
      return false;
    }
  }
}
