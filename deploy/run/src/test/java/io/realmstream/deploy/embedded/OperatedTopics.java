package io.realmstream.deploy.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.TopicOffsets;
import io.realmstream.deploy.embedded.host.RunFile;
import io.realmstream.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.jspecify.annotations.Nullable;

/** The topics of a running realm as its operator sees them: settings, retention, compaction. */
public final class OperatedTopics {
  /** Compaction at the next chance, and of all that is not in the newest segment. */
  private static final Map<String, String> COMPACT_SOON =
      Map.of(
          "cleanup.policy", "compact",
          "segment.ms", "1000",
          "min.cleanable.dirty.ratio", "0.01",
          "min.compaction.lag.ms", "0",
          "delete.retention.ms", "0");

  private static final ConfigResource EVERY_BROKER =
      new ConfigResource(ConfigResource.Type.BROKER, "");

  private final Connection connection;

  OperatedTopics(String bootstrapServers) {
    connection = new Connection(Map.of("bootstrap.servers", bootstrapServers), new Topics("realm"));
  }

  /** What is done to topics. */
  public interface Operation {
    void run(OperatedTopics topics) throws Exception;
  }

  /** Does something to the topics of a folder while no job runs. */
  public static void onBrokerAlone(Path directory, Operation operation) throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("kafka"), 0)) {
      operation.run(new OperatedTopics(broker.bootstrapServers()));
    }
  }

  String bootstrapServers() {
    return String.valueOf(connection.settings().get("bootstrap.servers"));
  }

  /** The topics of the run that has that folder. */
  static OperatedTopics of(Path directory) {
    return new OperatedTopics(RunFile.read(directory).orElseThrow().bootstrapServers());
  }

  /** Every record that a topic has now; per partition in order. */
  List<ConsumerRecord<byte[], byte[]>> records(String topic) {
    return KeptClients.records(connection, topic);
  }

  /** What a topic is set to. */
  String setting(String topic, String name) throws ExecutionException, InterruptedException {
    ConfigResource resource = resource(topic);
    try (Admin admin = connection.admin()) {
      Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
      return Objects.requireNonNull(config).get(name).value();
    }
  }

  /** Makes a topic of four partitions. */
  void create(String topic, Map<String, String> settings) {
    try (Admin admin = connection.admin()) {
      NewTopic wanted = new NewTopic(topic, 4, (short) 1).configs(settings);
      Connection.await(admin.createTopics(List.of(wanted)).all());
    }
  }

  /** All records go, as when a topic's retention has passed; it is not compacted any more. */
  public void expire(String topic) {
    Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
    try (Admin admin = connection.admin()) {
      set(admin, resource(topic), Map.of("cleanup.policy", "delete"));
      TopicOffsets.of(admin, topic)
          .ends()
          .forEach((partition, end) -> all.put(partition, RecordsToDelete.beforeOffset(end)));
      // a broker takes a setting over a moment after it has acknowledged it
      await("records of " + topic + " to be deleted")
          .atMost(Duration.ofMinutes(1))
          .ignoreExceptionsMatching(PolicyViolationException.class::isInstance)
          .untilAsserted(() -> Connection.await(admin.deleteRecords(all).all()));
    }
  }

  /** A partition's records before an offset go. */
  void truncate(TopicPartition partition, long offset) {
    try (Admin admin = connection.admin()) {
      Connection.await(
          admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(offset))).all());
    }
  }

  private static ConfigResource resource(String topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic);
  }

  private static void set(Admin admin, ConfigResource of, Map<String, String> values) {
    List<AlterConfigOp> settings = new ArrayList<>();
    values.forEach(
        (name, value) ->
            settings.add(
                new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET)));
    Map<ConfigResource, Collection<AlterConfigOp>> changes = Map.of(of, settings);
    Connection.await(admin.incrementalAlterConfigs(changes).all());
  }

  /** From now on all but its newest segment, which the next record ends, is compacted at once. */
  void compactSoon(String topic) {
    try (Admin admin = connection.admin()) {
      set(admin, resource(topic), COMPACT_SOON);
      set(admin, EVERY_BROKER, Map.of("log.cleaner.backoff.ms", "100"));
    }
  }

  /**
   * Compacts a topic until no such record is left, and deletions of before are forgotten as after
   * their retention.
   *
   * @param filler value of further records, under keys of their own: the newest segment is never
   *     compacted
   */
  void compact(String topic, String filler, Predicate<ConsumerRecord<byte[], byte[]>> left) {
    compactSoon(topic);
    await("compaction of " + topic)
        .atMost(Duration.ofMinutes(10))
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () -> {
              for (int key = 0; key < 16; key++) {
                String id = "filler" + key;
                send(new ProducerRecord<>(topic, bytes(id), bytes(filler.formatted(id))));
              }
              return records(topic).stream().noneMatch(left);
            });
  }

  void send(ProducerRecord<byte[], byte @Nullable []> record) {
    KeptClients.send(connection, record);
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
