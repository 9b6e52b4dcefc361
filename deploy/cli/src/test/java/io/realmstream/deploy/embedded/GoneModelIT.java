package io.realmstream.deploy.embedded;

import static io.realmstream.deploy.embedded.OperatedTopics.bytes;
import static io.realmstream.schemas.version.VersionState.ACTIVE;
import static io.realmstream.schemas.version.VersionState.BUILDING;
import static io.realmstream.schemas.version.VersionState.READY;
import static io.realmstream.schemas.version.VersionState.RETIRED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.VersionLog;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.version.VersionPolicy.Move;
import io.realmstream.schemas.Topics;
import io.realmstream.schemas.version.EncoderTower;
import io.realmstream.schemas.version.Part;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A knowledge base whose first versions' model files are not kept any more. */
@Timeout(1200)
class GoneModelIT {
  private static final Topics TOPICS = new Topics("realm");
  private static final Duration PATIENCE = Duration.ofMinutes(8);

  @Test
  void startWithoutStateNeedsNoModelOfVersionsThatHadTheirTime(@TempDir Path directory)
      throws Exception {
    writeLog(directory);
    try (RealmProcess realm = RealmProcess.up(directory, 2)) {
      String document = "{\"id\": \"varn\", \"text\": \"The tower of Varn is 500 metres high.\"}";
      OperatedTopics.of(directory)
          .send(new ProducerRecord<>(TOPICS.documents(), bytes("varn"), bytes(document)));
      String answer =
          await("a complete answer")
              .atMost(PATIENCE)
              .until(
                  () -> realm.ask("How high is the tower of Varn?"),
                  said -> said.contains("\"complete\":true") && said.contains("500 metres"));

      assertThat(answer).contains("\"number\":3");
      realm.kill();
    }
  }

  /**
   * Three versions, of which two are RETIRED and cannot be opened. The last record of the log is
   * nothing that a reader is handed: the mark of a transaction that was aborted.
   */
  private static void writeLog(Path directory) throws Exception {
    EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("kafka"), 0);
    String servers = broker.bootstrapServers();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      TopicSetup.create(admin, TOPICS, Retention.of(Duration.ofDays(30)));
      VersionLog log = new VersionLog(new Connection(Map.of("bootstrap.servers", servers), TOPICS));
      serve(log, 1, gone("a"));
      serve(log, 2, gone("b"));
      log.propose(new Move(1, READY, RETIRED, null, null, null));
      serve(log, 3, DefaultCheckpoints.minilm());
      log.propose(new Move(2, READY, RETIRED, null, null, null));
      writeInTransaction(servers, bytes("no proposal"), true);
      writeInTransaction(servers, bytes("never said"), false);
    } finally {
      broker.close();
    }
  }

  private static void serve(VersionLog log, int version, RetrieverCheckpoint checkpoint) {
    log.propose(new Move(version, null, BUILDING, null, checkpoint, null));
    log.propose(new Move(version, BUILDING, READY, null, null, null));
    log.propose(new Move(version, READY, ACTIVE, null, null, null));
  }

  private static RetrieverCheckpoint gone(String name) {
    RetrieverCheckpoint good = DefaultCheckpoints.minilm();
    EncoderTower tower = good.documentTower();
    Part trunk = new Part("file:/models/2025/" + name + ".onnx", name.repeat(64));
    EncoderTower gone =
        new EncoderTower(
            trunk,
            tower.tokenizer(),
            null,
            tower.pooling(),
            tower.normalized(),
            tower.prefix(),
            tower.title(),
            tower.tokensMax());
    return new RetrieverCheckpoint(
        name, gone, gone, good.reader(), good.scoreScale(), null, null, null);
  }

  private static void writeInTransaction(String servers, byte[] value, boolean committed) {
    Properties properties = new Properties();
    properties.putAll(Map.of("bootstrap.servers", servers, "transactional.id", "other"));
    ByteArraySerializer bytes = new ByteArraySerializer();
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(properties, bytes, bytes)) {
      producer.initTransactions();
      producer.beginTransaction();
      var unused = producer.send(new ProducerRecord<>(TOPICS.indexVersions(), value));
      producer.flush();
      if (committed) {
        producer.commitTransaction();
      } else {
        producer.abortTransaction();
      }
    }
  }
}
