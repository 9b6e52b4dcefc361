package io.realmstream.deploy.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.realmstream.deploy.cli.CommandRun;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.embedded.cluster.EmbeddedJob;
import io.realmstream.jobs.RealmOptions;
import io.realmstream.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class TopicSetupIT {
  private static final Topics TOPICS = new Topics("realm");

  /** Large records, which only their retention takes away. */
  private static final List<String> WITH_TEXTS =
      List.of(
          TOPICS.documents(),
          TOPICS.wikipediaEvents(),
          TOPICS.passageVectors(),
          TOPICS.answers(),
          TOPICS.searchAgain(),
          TOPICS.deadLetters());

  private static final List<String> NAMES =
      List.of(
          "realm.documents.v1",
          "realm.accepted-documents.v1",
          "realm.document-status.v1",
          "realm.retriever-checkpoints.v1",
          "realm.index-versions.v1",
          "realm.partitions.v1",
          "realm.passage-vectors.v1",
          "realm.republications.v1",
          "realm.queries.v1",
          "realm.answers.v1",
          "realm.freshness.v1",
          "realm.search-again.v1",
          "realm.wikipedia-events.v1",
          "realm.wikipedia-outcomes.v1",
          "realm.feedback.v1",
          "realm.learning-status.v1",
          "realm.dead-letters.v1");

  @Test
  void everyTopicIsMadeAsItsUseNeedsAndMakingThemAgainChangesNothing(@TempDir Path directory)
      throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0);
        Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      // one exists with other settings; they are corrected, its partitions stay
      admin.createTopics(List.of(new NewTopic(TOPICS.documents(), 2, (short) 1))).all().get();
      TopicSetup.create(admin, TOPICS, Retention.of(Duration.ofDays(40)));
      TopicSetup.create(admin, TOPICS, Retention.of(Duration.ofDays(40)));
      assertThat(admin.listTopics().names().get()).containsExactlyInAnyOrderElementsOf(NAMES);
      assertThat(partitions(admin, TOPICS.documents())).isEqualTo(2);
      // a changed setting reaches the broker's own view a moment after it was accepted
      await()
          .untilAsserted(
              () ->
                  assertThat(setting(admin, TOPICS.documents(), "max.message.bytes"))
                      .isEqualTo("8388608"));
      for (String topic :
          List.of(TOPICS.documents(), TOPICS.retrieverCheckpoints(), TOPICS.indexVersions())) {
        await()
            .untilAsserted(
                () ->
                    assertThat(setting(admin, topic, "message.timestamp.type"))
                        .isEqualTo("LogAppendTime"));
      }
      assertAcceptedDocuments(admin);
      assertThat(partitions(admin, TOPICS.indexVersions())).isEqualTo(1);
      assertThat(setting(admin, TOPICS.indexVersions(), "cleanup.policy")).isEqualTo("delete");
      assertThat(setting(admin, TOPICS.indexVersions(), "retention.ms")).isEqualTo("-1");
      assertThat(partitions(admin, TOPICS.passageVectors())).isEqualTo(4);
      assertThat(setting(admin, TOPICS.passageVectors(), "retention.ms"))
          .isEqualTo(Long.toString(7L * 24 * 60 * 60 * 1000));
      assertThat(setting(admin, TOPICS.deadLetters(), "max.message.bytes")).isEqualTo("8388608");
    }
  }

  private static void assertAcceptedDocuments(Admin admin) throws Exception {
    assertThat(setting(admin, TOPICS.acceptedDocuments(), "cleanup.policy")).isEqualTo("compact");
    assertThat(setting(admin, TOPICS.acceptedDocuments(), "delete.retention.ms"))
        .isEqualTo(Long.toString(Duration.ofDays(40).toMillis()));
    assertThat(setting(admin, TOPICS.acceptedDocuments(), "min.compaction.lag.ms"))
        .isEqualTo(Long.toString(Duration.ofDays(1).toMillis()));
    assertThat(setting(admin, TOPICS.acceptedDocuments(), "message.timestamp.type"))
        .isEqualTo("LogAppendTime");
  }

  @Test
  void documentsTopicExpiresWhereItIsNewAndStaysAsItIsWhereItIsOld(@TempDir Path directory)
      throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0);
        Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      Topics fresh = new Topics("fresh");
      TopicSetup.create(admin, fresh, Retention.of(Duration.ofDays(30)));
      assertThat(setting(admin, fresh.documents(), "cleanup.policy")).isEqualTo("delete");
      assertThat(setting(admin, fresh.documents(), "retention.ms"))
          .isEqualTo(Long.toString(Duration.ofDays(7).toMillis()));

      for (Map<String, String> kept :
          List.of(
              Map.of("cleanup.policy", "compact"),
              Map.of("cleanup.policy", "delete", "retention.ms", "-1"),
              Map.of("cleanup.policy", "compact,delete", "retention.ms", "86400000"))) {
        Topics old = new Topics("old" + kept.hashCode());
        admin
            .createTopics(List.of(new NewTopic(old.documents(), 2, (short) 1).configs(kept)))
            .all()
            .get();
        TopicSetup.create(admin, old, Retention.of(Duration.ofDays(30)));
        await()
            .ignoreExceptions()
            .untilAsserted(
                () ->
                    assertThat(setting(admin, old.documents(), "max.message.bytes"))
                        .isEqualTo("8388608"));
        for (Map.Entry<String, String> entry : kept.entrySet()) {
          assertThat(setting(admin, old.documents(), entry.getKey())).isEqualTo(entry.getValue());
        }
      }
    }
  }

  /** Three days: a segment of 18 hours, and retention for the rest. */
  @Test
  void boundForForgettingHoldsForEveryTopicWithTextsNewOrOld(@TempDir Path directory)
      throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0);
        Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      TopicSetup.create(admin, TOPICS, Retention.of(Duration.ofDays(30)));
      assertThat(setting(admin, TOPICS.deadLetters(), "retention.ms"))
          .isEqualTo(Long.toString(Duration.ofDays(30).toMillis()));
      CommandRun run =
          CommandRun.of(
              "topics",
              "create",
              "--bootstrap-servers=" + broker.bootstrapServers(),
              "--forget-within=3");
      assertThat(run.exitCode()).as(run.err()).isZero();
      for (String topic : WITH_TEXTS) {
        await().untilAsserted(() -> assertForgottenWithinThreeDays(admin, topic));
      }
      await().untilAsserted(() -> assertForgottenWithinThreeDays(admin, TOPICS.queries()));
      assertThat(setting(admin, TOPICS.acceptedDocuments(), "max.compaction.lag.ms"))
          .isEqualTo(Long.toString(Duration.ofDays(1).toMillis()));
      assertThat(setting(admin, TOPICS.indexVersions(), "retention.ms")).isEqualTo("-1");

      // the next start, which must correct another setting of the same topics
      WITH_TEXTS.forEach(topic -> set(admin, topic, "max.message.bytes", "1000"));
      TopicSetup.create(admin, TOPICS, Retention.of(Duration.ofDays(30)));
      for (String topic : WITH_TEXTS) {
        await()
            .untilAsserted(
                () -> assertThat(setting(admin, topic, "max.message.bytes")).isNotEqualTo("1000"));
        assertForgottenWithinThreeDays(admin, topic);
      }
    }
  }

  private static void assertForgottenWithinThreeDays(Admin admin, String topic) throws Exception {
    assertThat(setting(admin, topic, "retention.ms"))
        .isEqualTo(Long.toString(Duration.ofHours(54).toMillis()));
    assertThat(setting(admin, topic, "segment.ms"))
        .isEqualTo(Long.toString(Duration.ofHours(18).toMillis()));
  }

  private static void set(Admin admin, String topic, String name, String value) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    AlterConfigOp change =
        new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
    Connection.await(admin.incrementalAlterConfigs(Map.of(resource, List.of(change))).all());
    await().untilAsserted(() -> assertThat(setting(admin, topic, name)).isEqualTo(value));
  }

  @Test
  void topicsThatHaveLostTheirOrderAreRefusedByAll(@TempDir Path directory) throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0);
        Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      for (int i = 0; i < TOPICS.ordered().size(); i++) {
        Topics topics = new Topics("realm" + i);
        String topic = topics.ordered().get(i);
        admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1))).all().get();
        String message =
            topic + " has 2 partitions; its records have one order for all, so it must have 1";
        String[] kafka = {
          "--bootstrap-servers", broker.bootstrapServers(), "--topic-prefix", "realm" + i
        };
        assertThatThrownBy(
                () -> TopicSetup.create(admin, topics, Retention.of(Duration.ofDays(40))))
            .hasMessage(message);
        assertRefused(message, "topics", "create", kafka[0], kafka[1], kafka[2], kafka[3]);

        Configuration settings = new Configuration();
        settings.set(RealmOptions.BOOTSTRAP_SERVERS, broker.bootstrapServers());
        settings.set(RealmOptions.TOPIC_PREFIX, "realm" + i);
        for (EmbeddedJob job : EmbeddedJob.all(settings)) {
          StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
          assertThatThrownBy(() -> job.topology().build(env, settings)).hasMessage(message);
        }
      }
      String topic = new Topics("realm1").indexVersions();
      String message =
          topic + " has 2 partitions; its records have one order for all, so it must have 1";
      for (String command : List.of("versions", "rebuild", "pause", "status")) {
        assertRefused(
            message,
            command,
            "--bootstrap-servers",
            broker.bootstrapServers(),
            "--topic-prefix",
            "realm1");
      }
    }
  }

  private static void assertRefused(String message, String... command) {
    CommandRun run = CommandRun.of(command);
    assertThat(run.exitCode()).as("%s", List.of(command)).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains(message);
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
