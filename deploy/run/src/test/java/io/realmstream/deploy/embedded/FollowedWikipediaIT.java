package io.realmstream.deploy.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.status.StatusReader;
import io.realmstream.deploy.embedded.cluster.ClusterSettings;
import io.realmstream.deploy.embedded.cluster.ClusterStart;
import io.realmstream.deploy.embedded.cluster.EmbeddedCluster;
import io.realmstream.deploy.embedded.cluster.EmbeddedJob;
import io.realmstream.deploy.flink.FlinkRest;
import io.realmstream.jobs.RealmOptions;
import io.realmstream.jobs.wikipedia.WikipediaOptions;
import io.realmstream.jobs.wikipedia.fetch.LocalApi;
import io.realmstream.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Events of a wiki go in, answers come out; the other two jobs are as they always are. */
@Timeout(600)
class FollowedWikipediaIT {
  private static final String QUESTION = "\"text\": \"how many goats does Ada keep?\"";

  @Test
  void anEditIsAnsweredAndASuppressionForgottenThoughTheWikiIsAway(@TempDir Path directory)
      throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("kafka"), 0);
        LocalApi api = new LocalApi()) {
      api.text(12, "'''Ada''' keeps eleven goats.");
      EmbeddedCluster cluster = start(directory, broker.bootstrapServers(), api);
      try {
        RealmTopics topics = new RealmTopics(broker.bootstrapServers(), cluster.dashboard());
        topics.send(page(974, "09:30:00").edit());
        topics.send(page(974, "09:30:00").edit());
        assertThat(topics.awaitStatus("enwiki:974")).contains("ADDED");
        assertThat(topics.ask(QUESTION))
            .contains("\"eleven", "\"revisionId\":12", "CC BY-SA 4.0", "Ada Lovelace");
        api.leave();
        topics.send(page(975, "09:31:00").edit());
        topics.send(page(974, "09:31:00").suppression());
        await().atMost(Duration.ofMinutes(2)).until(() -> !topics.ask(QUESTION).contains("eleven"));
        assertThat(api.asked()).containsExactly(12L);
        StatusReader status = new StatusReader(Connection.to(broker.bootstrapServers()));
        FlinkRest flink = new FlinkRest(cluster.dashboard(), Duration.ofMinutes(1));
        await("a warning that the wiki is away")
            .atMost(Duration.ofMinutes(3))
            .pollInterval(Duration.ofSeconds(2))
            .untilAsserted(
                () ->
                    assertThat(status.read(flink, null).trouble().warnings())
                        .anyMatch(
                            words -> words.matches("enwiki has not answered .* that wait: 1;.*")));
      } finally {
        cluster.closeAtOnce();
      }
    }
  }

  private static PageEvent page(long page, String time) {
    return new PageEvent(page, "Ada Lovelace", 12, Instant.parse("2026-03-01T" + time + "Z"));
  }

  private static EmbeddedCluster start(Path directory, String servers, LocalApi api)
      throws Exception {
    Configuration settings = new Configuration();
    settings.set(RealmOptions.BOOTSTRAP_SERVERS, servers);
    settings.set(RealmOptions.MODEL_DIRECTORY, directory.resolve("models").toString());
    settings.set(WikipediaOptions.CONTACT, "a@example.org");
    settings.set(WikipediaOptions.APIS, Map.of("enwiki", api.address()));
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
}
