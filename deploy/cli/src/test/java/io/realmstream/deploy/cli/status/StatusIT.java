package io.realmstream.deploy.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.realmstream.deploy.cli.CommandRun;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.TestBroker;
import io.realmstream.deploy.client.Connection;
import io.realmstream.schemas.avro.VectorMessageCodec;
import io.realmstream.schemas.document.DocumentStatus;
import io.realmstream.schemas.document.EditProgress;
import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.document.PassageChanges;
import io.realmstream.schemas.document.VectorCounts;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.vectors.Heartbeat;
import io.realmstream.schemas.vectors.RepublicationRequest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class StatusIT {
  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void reportIsReadFromTheTopics(@TempDir Path directory) throws Exception {
    try (TestBroker broker = TestBroker.start(directory)) {
      Connection connection = broker.topics("realm");
      for (String id : new String[] {"a", "b"}) {
        DocumentStatus status =
            new DocumentStatus(
                id,
                1,
                Outcome.ADDED,
                null,
                new PassageChanges(3, 3, 0, 0),
                VectorCounts.NONE,
                1,
                new EditProgress(TIME, TIME, TIME));
        TestBroker.write(
            connection, "realm.document-status.v1", id, Codecs.DOCUMENT_STATUS.encode(status));
        TestBroker.write(connection, "realm.documents.v1", id, new byte[] {'{', '}'});
      }
      TestBroker.write(connection, "realm.dead-letters.v1", "c", new byte[] {'?'});
      beat(connection);
      RepublicationRequest asked =
          new RepublicationRequest(1, 8, "passages", null, Instant.parse("2026-01-01T00:00:00Z"));
      TestBroker.write(
          connection, "realm.republications.v1", "1", Codecs.REPUBLICATION_REQUEST.encode(asked));
      TestBroker.commitFarAhead(connection, "realm-updater-documents", "realm.documents.v1");
      TestBroker.commit(connection, "realm-retriever-vectors", "realm.passage-vectors.v1", 0);
      TestBroker.write(connection, "realm.passage-vectors.v1", "a", new byte[] {'v'});

      CommandRun run = CommandRun.of("status", "--json", "--bootstrap-servers", broker.servers());

      assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.OK);
      JsonNode status = JsonMapper.builder().build().readTree(run.out());
      assertThat(status.path("jobs").asText()).isEqualTo("unknown");
      assertThat(status.path("documents").asInt()).isEqualTo(2);
      assertThat(status.path("passages").asInt()).isEqualTo(6);
      assertThat(status.path("deadLetters").asInt()).isEqualTo(1);
      assertThat(status.path("indexedThrough").asText()).isEqualTo(TIME.toString());
      assertThat(status.path("warnings").toString())
          .contains("realm.shards: the updater has 16, a retriever 8");
      assertThat(status.path("lags").path(0).path("records").asInt(-1)).isZero();
      // beside four heartbeats
      assertThat(status.path("lags").path(3).path("records").asInt(-1)).isEqualTo(1);
      assertThat(status.path("lags").path(4).path("records").isNull()).isTrue();
    }
  }

  /** As the updater does: to every partition. */
  private static void beat(Connection connection) throws Exception {
    byte[] beat =
        VectorMessageCodec.encode(new Heartbeat(1, 0, 1, TIME, 4, 16, List.of(), List.of()));
    try (Producer<byte[], byte[]> producer = connection.producer()) {
      String topic = connection.topics().passageVectors();
      for (int partition = 0; partition < producer.partitionsFor(topic).size(); partition++) {
        producer.send(new ProducerRecord<>(topic, partition, null, beat)).get();
      }
    }
  }
}
