package io.realmstream.deploy.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.TopicReplay;
import io.realmstream.deploy.embedded.cluster.ClusterSettings;
import io.realmstream.deploy.embedded.cluster.ClusterStart;
import io.realmstream.deploy.embedded.cluster.EmbeddedCluster;
import io.realmstream.deploy.embedded.cluster.EmbeddedJob;
import io.realmstream.deploy.embedded.cluster.RealmJob;
import io.realmstream.jobs.LearningOptions;
import io.realmstream.jobs.RealmOptions;
import io.realmstream.jobs.wikipedia.WikipediaOptions;
import io.realmstream.schemas.Topics;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.json.Codecs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.util.ParameterTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** All jobs, each as a user with the rights of jobs/OPERATING.md and no other. */
@Timeout(600)
class SecuredBrokerIT {
  private static final Topics TOPICS = new Topics("realm");
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final Pattern TOPIC = Pattern.compile("`([^`]+)`");

  @TempDir private Path directory = Path.of("unset");

  @Test
  void jobsWorkWithTheRightsThatTheyAreSaidToNeed() throws Exception {
    List<String> users = Stream.of(RealmJob.values()).map(RealmJob::jobName).toList();
    try (SecuredBroker broker = SecuredBroker.start(directory, users)) {
      Connection admin = broker.connect(SecuredBroker.ADMIN, TOPICS);
      prepare(admin);
      Files.createDirectories(directory.resolve("learned"));
      List<EmbeddedJob> jobs = Stream.of(RealmJob.values()).map(job -> job(job, broker)).toList();
      ClusterSettings settings = new ClusterSettings(directory, 0, null, 1);
      try (EmbeddedCluster cluster =
          new ClusterStart(settings, jobs, job -> false, line -> {}).start()) {
        send(admin, TOPICS.documents(), "cor", "{\"id\": \"cor\", \"text\": \"Cor has goats.\"}");
        await("document status").atMost(PATIENCE).until(() -> has(admin, TOPICS.documentStatus()));
        send(
            admin,
            TOPICS.queries(),
            "q",
            "{\"id\": \"q\", \"text\": \"goats\", \"kind\": \"RETRIEVE\"}");
        await("an answer").atMost(PATIENCE).until(() -> has(admin, TOPICS.answers()));
        byte[] answer = records(admin, TOPICS.answers()).get(0).value();
        assertThat(Codecs.ANSWER.decode(Objects.requireNonNull(answer)).result().status())
            .isEqualTo(AnswerStatus.ANSWERED);
        for (String topic :
            List.of(TOPICS.documents(), TOPICS.queries(), TOPICS.wikipediaEvents())) {
          send(admin, topic, "bad", "[]");
        }
        await("a dead letter of each job that decodes what clients send")
            .atMost(PATIENCE)
            .until(() -> records(admin, TOPICS.deadLetters()).size() == 3);
        requireEnforced(broker);
        assertThat(cluster.jobEnd()).isNotDone();
      }
    }
  }

  /** Topics, a checkpoint, and rights. */
  private static void prepare(Connection connection) throws Exception {
    List<AclBinding> rights = new ArrayList<>();
    for (RealmJob job : RealmJob.values()) {
      rights.addAll(rights(job));
    }
    try (Admin admin = connection.admin()) {
      TopicSetup.create(admin, TOPICS, Retention.of(RealmOptions.TOMBSTONE_TTL.defaultValue()));
      admin.createAcls(rights).all().get();
    }
    new CheckpointPublication(connection).publish("minilm");
  }

  private static List<AclBinding> rights(RealmJob job) throws Exception {
    String page = Files.readString(Path.of("..", "..", "jobs", "OPERATING.md"));
    Matcher row =
        Pattern.compile("(?m)^\\| %s \\|(.*)\\|(.*)\\|(.*)\\|$".formatted(job.jobName()))
            .matcher(page.substring(page.indexOf("## Rights in Kafka")));
    assertThat(row.find()).as(job.jobName()).isTrue();
    AclOperation[] columns = {AclOperation.READ, AclOperation.WRITE, AclOperation.DESCRIBE};
    List<AclBinding> rights = new ArrayList<>();
    for (int i = 0; i < columns.length; i++) {
      AclOperation operation = columns[i];
      TOPIC
          .matcher(row.group(i + 1))
          .results()
          .forEach(topic -> rights.add(right(job, operation, topic(topic.group(1)))));
    }
    String group = "realm-" + job.name().toLowerCase(Locale.ROOT) + "-";
    assertThat(page).contains("`" + group + "`");
    ResourcePattern groups = new ResourcePattern(ResourceType.GROUP, group, PatternType.PREFIXED);
    rights.add(right(job, AclOperation.READ, groups));
    if (job == RealmJob.UPDATER) {
      rights.add(right(job, AclOperation.DESCRIBE_CONFIGS, topic(TOPICS.documents())));
    }
    return rights;
  }

  private static ResourcePattern topic(String name) {
    return new ResourcePattern(ResourceType.TOPIC, name, PatternType.LITERAL);
  }

  private static AclBinding right(RealmJob job, AclOperation operation, ResourcePattern on) {
    String user = "User:" + job.jobName();
    return new AclBinding(
        on, new AccessControlEntry(user, "*", operation, AclPermissionType.ALLOW));
  }

  /** With its settings as arguments, as a cluster gets them. */
  private EmbeddedJob job(RealmJob job, SecuredBroker broker) {
    Configuration settings = new Configuration();
    settings.set(RealmOptions.BOOTSTRAP_SERVERS, broker.servers());
    settings.set(RealmOptions.KAFKA, broker.properties(job.jobName()));
    settings.set(RealmOptions.SHARDS, 4);
    settings.set(RealmOptions.MODEL_DIRECTORY, directory.resolve("models").toString());
    settings.set(WikipediaOptions.CONTACT, "me@example.org");
    if (job == RealmJob.LEARNER) {
      String learned = directory.resolve("learned").toString();
      settings.set(RealmOptions.MODEL_SOURCES, List.of("classpath:", "file:" + learned));
      settings.set(LearningOptions.DIRECTORY, learned);
    }
    List<String> arguments = new ArrayList<>();
    settings.toMap().forEach((name, value) -> arguments.addAll(List.of("--" + name, value)));
    return EmbeddedJob.of(
        job, ParameterTool.fromArgs(arguments.toArray(String[]::new)).getConfiguration());
  }

  private static void requireEnforced(SecuredBroker broker) {
    Connection updater = broker.connect(RealmJob.UPDATER.jobName(), TOPICS);
    assertThatThrownBy(() -> send(updater, TOPICS.answers(), "x", "x"))
        .hasCauseInstanceOf(TopicAuthorizationException.class);
  }

  private static void send(Connection connection, String topic, String key, String value)
      throws Exception {
    try (Producer<byte[], byte[]> producer = connection.producer()) {
      producer.send(new ProducerRecord<>(topic, key.getBytes(UTF_8), value.getBytes(UTF_8))).get();
    }
  }

  private static boolean has(Connection connection, String topic) {
    return !records(connection, topic).isEmpty();
  }

  private static List<ConsumerRecord<byte[], byte[]>> records(Connection connection, String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (TopicReplay replay = TopicReplay.of(connection, topic)) {
      replay.forEach(records::add);
    }
    return records;
  }
}
