package io.realmstream.deploy.cli.versions;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.client.Connection;
import io.realmstream.deploy.cli.client.TopicReplay;
import io.realmstream.model.version.VersionPolicy;
import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.version.VersionProposal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** The version log: folded as the jobs fold it, and a way to propose. */
final class VersionLog {
  private static final String BY = "realm";

  private final Connection connection;
  private final String topic;

  VersionLog(Connection connection) {
    this.connection = connection;
    this.topic = connection.topics().indexVersions();
    connection.require(topic);
  }

  /** The table as of now. */
  VersionTable table() {
    return fold(null).table();
  }

  /**
   * Proposes a change and reads what became of it.
   *
   * @return the table with the change
   * @throws CommandFailure FAILED with the reason when the log overtook it
   */
  VersionTable propose(VersionPolicy.Move move) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    String id = BY + " " + move.version() + " " + move.to() + " " + UUID.randomUUID();
    VersionProposal proposal =
        new VersionProposal(
            id,
            move.version(),
            move.from(),
            move.to(),
            BY,
            move.reason(),
            move.checkpoint(),
            move.index(),
            now);
    send(topic, id, Codecs.VERSION_PROPOSAL.encode(proposal));
    VersionTable.Step step = fold(id);
    if (step.ignored() != null) {
      throw CommandFailure.failed(step.ignored());
    }
    return step.table();
  }

  /** Writes one record and waits for its acknowledgement. */
  void send(String topic, String key, byte[] value) {
    try (KafkaProducer<byte[], byte[]> producer = connection.producer()) {
      producer.send(new ProducerRecord<>(topic, key.getBytes(UTF_8), value)).get();
    } catch (ExecutionException e) {
      throw CommandFailure.failed("sending failed: " + e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandFailure.failed("interrupted");
    }
  }

  /** The last table, with the step that the proposal of that id was. */
  private VersionTable.Step fold(@Nullable String proposalId) {
    VersionTable.Step[] folded = {new VersionTable.Step(VersionTable.EMPTY, null)};
    String[] ignored = {null};
    try (TopicReplay replay = TopicReplay.of(connection, topic)) {
      replay.forEach(
          record -> {
            VersionProposal proposal = decode(record.value());
            if (proposal != null) {
              folded[0] = folded[0].table().apply(proposal);
              if (proposal.proposalId().equals(proposalId)) {
                ignored[0] = folded[0].ignored();
              }
            }
          });
    }
    return new VersionTable.Step(folded[0].table(), ignored[0]);
  }

  /** What is no proposal is a dead letter for the jobs, and nothing here. */
  private static @Nullable VersionProposal decode(byte @Nullable [] value) {
    try {
      return value == null ? null : Codecs.VERSION_PROPOSAL.decode(value);
    } catch (BadRecordException e) {
      return null;
    }
  }
}
