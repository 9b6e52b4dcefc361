package io.realmstream.deploy.processes;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.deploy.embedded.host.StartException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Of ZooKeeper; {@code StandbyIT} starts the others. */
@Timeout(60)
class ReadinessTest {
  private static final ClusterFile NONE = new ClusterFile("", List.of(), List.of(), List.of());

  @TempDir private Path conf = Path.of("unset");

  @Test
  void zooKeeperIsReadyWhenItListens() throws Exception {
    try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      configure(listening.getLocalPort());
      new Readiness(NONE, conf).await(zooKeeper(ProcessHandle.current().pid()));
    }
  }

  @Test
  void zooKeeperThatEndsSaysSo() throws Exception {
    configure(1); // nobody listens there
    assertThatThrownBy(() -> new Readiness(NONE, conf).await(zooKeeper(Integer.MAX_VALUE)))
        .isInstanceOf(StartException.class)
        .hasMessageStartingWith("zookeeper ended: it said nothing");
  }

  private void configure(int port) throws Exception {
    Map<String, String> settings = Map.of("clientPort", Integer.toString(port));
    ProcessFiles.write(conf, Map.of(), Map.of(), settings);
  }

  private ClusterProcess zooKeeper(long pid) {
    return new ClusterProcess("zookeeper", Role.ZOOKEEPER, pid, conf.toString());
  }
}
