package io.realmstream.deploy.upgrade;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.realmstream.deploy.client.AnswerClient;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.embedded.EmbeddedBroker;
import io.realmstream.deploy.embedded.Retention;
import io.realmstream.deploy.embedded.TopicSetup;
import io.realmstream.deploy.embedded.cluster.ClusterSettings;
import io.realmstream.deploy.embedded.cluster.ClusterStart;
import io.realmstream.deploy.embedded.cluster.EmbeddedCluster;
import io.realmstream.deploy.embedded.cluster.EmbeddedJob;
import io.realmstream.deploy.embedded.host.Folders;
import io.realmstream.deploy.flink.FlinkRest;
import io.realmstream.deploy.interleaving.TinyCheckpoints;
import io.realmstream.deploy.interleaving.TinyCheckpoints.Recipe;
import io.realmstream.jobs.LearningOptions;
import io.realmstream.jobs.RealmOptions;
import io.realmstream.jobs.wikipedia.WikipediaOptions;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.awaitility.core.ConditionFactory;

/**
 * A knowledge base in a folder that may be moved: a broker, all four jobs, tiny models. No path of
 * this machine is in its topics or its state.
 */
final class TinyRealm implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** What is kept in the repository is never too old: deletions are remembered for good. */
  private static final Duration TOMBSTONE_TTL = Duration.ofDays(36_500);

  private final Path directory;
  private final Configuration settings;
  private final EmbeddedBroker broker;
  private final EmbeddedCluster cluster;
  private final Connection connection;
  private final AnswerClient client;
  private final List<String> progress = new ArrayList<>();

  /**
   * Starts it.
   *
   * @param goesOn whether each job has a savepoint in the folder, and must restore it
   */
  TinyRealm(Path directory, boolean goesOn) throws Exception {
    this.directory = directory;
    broker = EmbeddedBroker.start(directory.resolve("kafka"), 0);
    connection = Connection.to(broker.bootstrapServers());
    settings = settings(directory, broker);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      TopicSetup.create(admin, connection.topics(), Retention.of(TOMBSTONE_TTL));
    }
    ClusterSettings where = new ClusterSettings(directory, 0, null, 1);
    cluster =
        new ClusterStart(where, EmbeddedJob.all(settings), job -> goesOn, progress::add).start();
    client = AnswerClient.open(connection);
  }

  private static Configuration settings(Path directory, EmbeddedBroker broker) {
    Path learned = directory.resolve("learned");
    return new Configuration()
        .set(RealmOptions.BOOTSTRAP_SERVERS, broker.bootstrapServers())
        .set(RealmOptions.SHARDS, 4)
        .set(RealmOptions.TOMBSTONE_TTL, TOMBSTONE_TTL)
        .set(RealmOptions.MODEL_DIRECTORY, directory.resolve("models").toString())
        .set(RealmOptions.MODEL_SOURCES, List.of("classpath:", learned.toUri().toString()))
        .set(LearningOptions.ENABLED, true)
        .set(LearningOptions.DIRECTORY, learned.toString())
        .set(WikipediaOptions.CONTACT, "a@example.org")
        .set(WikipediaOptions.SETTLE, Duration.ZERO);
  }

  /** What was told while it started. */
  List<String> progress() {
    return progress;
  }

  Connection connection() {
    return connection;
  }

  /** Publishes a checkpoint whose files are in the folder's cache, and nowhere else. */
  void publish(Recipe recipe) throws Exception {
    Path files = Files.createTempDirectory("tiny");
    RetrieverCheckpoint checkpoint = new TinyCheckpoints(files).of(recipe);
    try (Stream<Path> parts = Files.list(files)) {
      for (Path part : parts.toList()) {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(part));
        Path kept = directory.resolve("models").resolve(HexFormat.of().formatHex(digest));
        Files.createDirectories(kept);
        Files.copy(part, kept.resolve("part"), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    String json = new String(Codecs.RETRIEVER_CHECKPOINT.encode(checkpoint), UTF_8);
    String anywhere = json.replace(files.toUri().toString(), "classpath:tiny/");
    connection.send(
        connection.topics().retrieverCheckpoints(),
        checkpoint.retriever(),
        anywhere.getBytes(UTF_8));
  }

  void send(DocumentEdit edit) {
    connection.send(connection.topics().documents(), edit.id(), Codecs.DOCUMENT_EDIT.encode(edit));
  }

  void send(ProducerRecord<byte[], byte[]> record) {
    try (KafkaProducer<byte[], byte[]> producer = connection.producer()) {
      Connection.await(producer.send(record));
    }
  }

  /** The result once the index says that it is complete. */
  AnswerResult ask(Query query) {
    return waiting(query.text())
        .until(
            () -> client.ask(anew(query)).answer().result(),
            result -> result.coverage().complete());
  }

  /** Waits with a patience that also suits a machine that is busy with others. */
  static ConditionFactory waiting(String what) {
    return await(what)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .ignoreExceptionsInstanceOf(KafkaException.class);
  }

  private static Query anew(Query query) {
    return new Query(
        UUID.randomUUID().toString(),
        query.text(),
        query.kind(),
        query.scope(),
        Instant.now().plus(PATIENCE),
        query.options());
  }

  /**
   * Ends with a savepoint of each job, which stands where its next start looks for a checkpoint.
   */
  void stop() throws IOException {
    FlinkRest flink = new FlinkRest(cluster.dashboard(), Duration.ofMinutes(1));
    Path folder = directory.resolve("savepoints");
    Map<EmbeddedJob, Path> savepoints = new HashMap<>();
    for (EmbeddedJob job : EmbeddedJob.all(settings)) {
      savepoints.put(job, savepoint(flink, job, folder));
    }
    cluster.closeAtOnce();
    Path checkpoints = directory.resolve("checkpoints");
    Folders.delete(checkpoints);
    for (EmbeddedJob job : savepoints.keySet()) {
      Path of = Files.createDirectories(checkpoints.resolve(job.id().toHexString()));
      Files.move(savepoints.get(job), of.resolve("chk-1"));
    }
  }

  private static Path savepoint(FlinkRest flink, EmbeddedJob job, Path folder) {
    String path = "/jobs/" + job.id();
    Map<String, Object> request =
        Map.of(
            "targetDirectory",
            folder.toUri().toString(),
            "formatType",
            "CANONICAL",
            "drain",
            false);
    String id = flink.post(path + "/stop", request).path("request-id").asText();
    JsonNode end =
        waiting("savepoint of " + job.name())
            .until(
                () -> flink.get(path + "/savepoints/" + id),
                state -> state.at("/status/id").asText().equals("COMPLETED"));
    return Path.of(URI.create(end.at("/operation/location").asText()));
  }

  @Override
  public void close() {
    client.close();
    cluster.closeAtOnce();
    broker.close();
  }
}
