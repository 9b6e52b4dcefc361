package io.realmstream.deploy.processes;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.runtime.highavailability.ClientHighAvailabilityServices;
import org.apache.flink.runtime.highavailability.HighAvailabilityServicesUtils;
import org.apache.flink.runtime.leaderretrieval.LeaderRetrievalService;
import org.apache.flink.runtime.webmonitor.retriever.LeaderRetriever;

/** Which of two JobManagers leads, as ZooKeeper has it. */
public final class Leader {
  private Leader() {}

  /**
   * The JobManager that leads.
   *
   * @param patience until somebody leads
   * @return empty = nobody does, or ZooKeeper does not say so in time
   */
  public static Optional<ClusterProcess> of(
      ClusterFile cluster, Path directory, Duration patience) {
    // Flink writes localhost as a number
    int port = URI.create(address(directory.resolve("conf"), patience)).getPort();
    return cluster.of(Role.JOBMANAGER).stream()
        .filter(process -> URI.create(cluster.dashboard(process)).getPort() == port)
        .findFirst();
  }

  /** That of its dashboard; empty = nobody leads. */
  private static String address(Path conf, Duration patience) {
    try {
      return retrieve(GlobalConfiguration.loadConfiguration(conf.toString()), patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    } catch (TimeoutException | ExecutionException e) {
      return "";
    } catch (Exception e) { // whatever opening and closing say
      throw new IllegalStateException(e);
    }
  }

  private static String retrieve(Configuration settings, Duration patience) throws Exception {
    LeaderRetriever retriever = new LeaderRetriever();
    ClientHighAvailabilityServices services =
        HighAvailabilityServicesUtils.createClientHAService(
            settings, error -> retriever.handleError(new IllegalStateException(error)));
    try {
      LeaderRetrievalService service = services.getClusterRestEndpointLeaderRetriever();
      service.start(retriever);
      try {
        return retriever.getLeaderFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS).f0;
      } finally {
        service.stop();
      }
    } finally {
      services.close();
    }
  }
}
