package io.realmstream.deploy.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.realmstream.schemas.Topics;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class TopicSetupIT {
  private static final Topics TOPICS = Topics.under("realm");

  @Test
  void everyTopicIsMadeAsItsUseNeedsAndMakingThemAgainChangesNothing(@TempDir Path directory)
      throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0);
        Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      // one exists with other settings; they are corrected, its partitions stay
      admin.createTopics(List.of(new NewTopic(TOPICS.documents(), 2, (short) 1))).all().get();
      TopicSetup.create(admin, TOPICS);
      TopicSetup.create(admin, TOPICS);
      assertThat(admin.listTopics().names().get())
          .containsExactlyInAnyOrder(
              "realm.documents.v1",
              "realm.document-status.v1",
              "realm.retriever-checkpoints.v1",
              "realm.index-versions.v1",
              "realm.partitions.v1",
              "realm.passage-vectors.v1",
              "realm.queries.v1",
              "realm.answers.v1",
              "realm.freshness.v1",
              "realm.dead-letters.v1");
      assertThat(partitions(admin, TOPICS.documents())).isEqualTo(2);
      // a changed setting reaches the broker's own view a moment after it was accepted
      await()
          .untilAsserted(
              () -> {
                assertThat(setting(admin, TOPICS.documents(), "cleanup.policy"))
                    .isEqualTo("compact");
                assertThat(setting(admin, TOPICS.documents(), "max.message.bytes"))
                    .isEqualTo("8388608");
              });
      for (String topic :
          List.of(TOPICS.documents(), TOPICS.retrieverCheckpoints(), TOPICS.indexVersions())) {
        await()
            .untilAsserted(
                () ->
                    assertThat(setting(admin, topic, "message.timestamp.type"))
                        .isEqualTo("LogAppendTime"));
      }
      assertThat(partitions(admin, TOPICS.indexVersions())).isEqualTo(1);
      assertThat(setting(admin, TOPICS.indexVersions(), "cleanup.policy")).isEqualTo("delete");
      assertThat(setting(admin, TOPICS.indexVersions(), "retention.ms")).isEqualTo("-1");
      assertThat(partitions(admin, TOPICS.passageVectors())).isEqualTo(4);
      assertThat(setting(admin, TOPICS.passageVectors(), "retention.ms"))
          .isEqualTo(Long.toString(7L * 24 * 60 * 60 * 1000));
      assertThat(setting(admin, TOPICS.deadLetters(), "max.message.bytes")).isEqualTo("8388608");
    }
  }

  private static int partitions(Admin admin, String topic) throws Exception {
    var description = admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
    return Objects.requireNonNull(description).partitions().size();
  }

  private static String setting(Admin admin, String topic, String name) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
    return Objects.requireNonNull(config).get(name).value();
  }
}
