package io.realmstream.deploy.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.embedded.cluster.ClusterSettings;
import io.realmstream.deploy.embedded.cluster.ClusterStart;
import io.realmstream.deploy.embedded.cluster.EmbeddedCluster;
import io.realmstream.deploy.embedded.cluster.EmbeddedJob;
import io.realmstream.deploy.embedded.host.Ports;
import io.realmstream.jobs.RealmOptions;
import io.realmstream.schemas.Topics;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The broker dies under both running jobs, and comes back. */
@Timeout(600)
class BrokerOutageIT {
  private static final int DOCUMENTS = 20;

  @Test
  void whatWasAcknowledgedIsAnswerableOnceTheKilledBrokerIsBack(@TempDir Path directory)
      throws Exception {
    String kafka = directory.resolve("kafka").toString();
    String port = Integer.toString(Ports.free(1).get(0));
    JavaProcess broker = JavaProcess.start(BrokerProcess.class, kafka, port);
    String servers = broker.readLine();
    EmbeddedCluster cluster = start(directory, servers);
    try {
      RealmTopics topics = new RealmTopics(servers, cluster.dashboard());
      load(topics, "before", "Ada keeps eleven goats.");
      assertThat(topics.awaitStatus("before")).contains("ADDED");
      assertThat(topics.ask("\"text\": \"how many goats does Ada keep?\"")).contains("\"eleven");
      for (int i = 0; i < DOCUMENTS; i++) {
        load(topics, "meanwhile" + i, "Farm number " + i + " keeps " + (i + 100) + " sheep.");
      }

      broker.kill();
      broker = JavaProcess.start(BrokerProcess.class, kafka, port);
      assertThat(broker.readLine()).isEqualTo(servers);

      load(topics, "after", "Bo keeps seven geese.");
      assertThat(topics.awaitStatus("after")).contains("ADDED");
      for (int i = 0; i < DOCUMENTS; i++) {
        assertThat(topics.awaitStatus("meanwhile" + i)).contains("ADDED");
      }
      assertThat(topics.ask("\"text\": \"how many geese does Bo keep?\"")).contains("\"seven");
    } finally {
      cluster.closeAtOnce();
      broker.close();
    }
  }

  private static EmbeddedCluster start(Path directory, String servers) throws Exception {
    Configuration settings = new Configuration();
    settings.set(RealmOptions.BOOTSTRAP_SERVERS, servers);
    settings.set(RealmOptions.MODEL_DIRECTORY, directory.resolve("models").toString());
    Topics topics = RealmOptions.topics(settings);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      TopicSetup.create(admin, topics, Retention.of(RealmOptions.TOMBSTONE_TTL.defaultValue()));
    }
    new CheckpointPublication(new Connection(Map.of("bootstrap.servers", servers), topics))
        .publish("minilm");
    return new ClusterStart(
            new ClusterSettings(directory, 0, null, 1),
            EmbeddedJob.all(settings),
            job -> false,
            System.err::println)
        .start();
  }

  private static void load(RealmTopics topics, String id, String text) {
    topics.send(
        "realm.documents.v1",
        id,
        "{\"id\": \"%s\", \"text\": \"%s\"}".formatted(id, text).getBytes(UTF_8));
  }
}
