package io.realmstream.deploy.cli.wikipedia;

import static org.awaitility.Awaitility.await;

import io.realmstream.deploy.cli.TestBroker;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.SourceOffsets;
import io.realmstream.deploy.client.TopicOffsets;
import io.realmstream.deploy.embedded.cluster.ClusterSettings;
import io.realmstream.deploy.embedded.cluster.ClusterStart;
import io.realmstream.deploy.embedded.cluster.EmbeddedCluster;
import io.realmstream.deploy.embedded.cluster.EmbeddedJob;
import io.realmstream.deploy.embedded.cluster.RealmJob;
import io.realmstream.jobs.RealmOptions;
import io.realmstream.jobs.wikipedia.WikipediaOptions;
import io.realmstream.schemas.document.DocumentEdit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.admin.Admin;

/** The job WikipediaFollower without the others: up to the documents topic, nothing is embedded. */
final class FollowerAlone implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(20);

  private final Connection connection;
  private final EmbeddedCluster cluster;

  private FollowerAlone(Connection connection, EmbeddedCluster cluster) {
    this.connection = connection;
    this.cluster = cluster;
  }

  /**
   * Starts it without state.
   *
   * @param directory absolute
   */
  static FollowerAlone start(Path directory, TestBroker broker, Connection connection)
      throws Exception {
    Configuration settings = new Configuration();
    settings.set(RealmOptions.BOOTSTRAP_SERVERS, broker.servers());
    settings.set(RealmOptions.TOPIC_PREFIX, connection.topics().prefix());
    settings.set(WikipediaOptions.CONTACT, "a@example.org");
    int parallelism = ClusterSettings.defaultParallelism();
    ClusterSettings cluster = new ClusterSettings(directory, 0, null, parallelism);
    EmbeddedJob job = EmbeddedJob.of(RealmJob.WIKIPEDIA, settings);
    return new FollowerAlone(
        connection, new ClusterStart(cluster, List.of(job), none -> false, line -> {}).start());
  }

  /** Waits until it has read all events, and the documents topic has what came of them. */
  void awaitRead() {
    String group = connection.group("wikipedia-events");
    String topic = connection.topics().wikipediaEvents();
    try (Admin admin = connection.admin()) {
      await("the follower")
          .atMost(PATIENCE)
          .until(
              () ->
                  TopicOffsets.of(admin, topic).behind(SourceOffsets.committed(admin, group)) == 0);
    }
  }

  /** How often each document was published. */
  Map<String, Integer> published() throws Exception {
    Map<String, Integer> published = new TreeMap<>();
    for (DocumentEdit edit : TestBroker.edits(connection)) {
      published.merge(edit.id(), edit.kind().deletes() ? 0 : 1, Integer::sum);
    }
    return published;
  }

  @Override
  public void close() {
    cluster.closeAtOnce();
  }
}
