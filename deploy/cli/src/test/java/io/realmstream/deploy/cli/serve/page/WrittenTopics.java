package io.realmstream.deploy.cli.serve.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.realmstream.deploy.cli.TestBroker;
import io.realmstream.deploy.cli.serve.HttpDoor;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.VersionLog;
import io.realmstream.deploy.door.Door;
import io.realmstream.deploy.door.DoorSettings;
import io.realmstream.deploy.embedded.KeptClients;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.version.VersionPolicy.Move;
import io.realmstream.schemas.DeadLetterHeaders;
import io.realmstream.schemas.avro.VectorMessageCodec;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.DocumentStatus;
import io.realmstream.schemas.document.EditProgress;
import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.document.PassageChanges;
import io.realmstream.schemas.document.VectorCounts;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.query.FreshnessMark;
import io.realmstream.schemas.query.FreshnessRecord;
import io.realmstream.schemas.vectors.Heartbeat;
import io.realmstream.schemas.version.StateChange;
import io.realmstream.schemas.version.VersionProposal;
import io.realmstream.schemas.version.VersionState;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/** A knowledge base of topics alone, behind a door: a test writes what jobs would say. */
final class WrittenTopics implements AutoCloseable {
  private final Connection connection;
  private final WrittenAnswers answers;
  private final HttpDoor address;
  private Door door;

  private WrittenTopics(Connection connection) throws IOException {
    this.connection = connection;
    this.answers = new WrittenAnswers(connection);
    this.door = door(0);
    this.address = new HttpDoor(door.address());
  }

  /** Topics of a prefix, in which version 1 answers. */
  static WrittenTopics open(TestBroker broker, String prefix) throws Exception {
    WrittenTopics topics = new WrittenTopics(broker.topics(prefix));
    topics.begin(1);
    topics.change(1, VersionState.BUILDING, VersionState.ACTIVE);
    topics.change(1, VersionState.ACTIVE, VersionState.READY);
    return topics;
  }

  private Door door(int port) throws IOException {
    return Door.open(connection, DoorSettings.onLoopback(port).withControl(), null, null);
  }

  HttpDoor door() {
    return address;
  }

  String bootstrapServers() {
    return String.valueOf(connection.settings().get("bootstrap.servers"));
  }

  String prefix() {
    return connection.topics().prefix();
  }

  @Override
  public void close() {
    door.close();
  }

  /** Opens the door again, where it was. */
  void reopen() throws IOException {
    door = door(URI.create(address.address()).getPort());
  }

  WrittenAnswers answers() {
    return answers;
  }

  List<DocumentEdit> edits() throws Exception {
    return TestBroker.edits(connection);
  }

  /** A revision of a document in an index version. */
  record Revision(String id, long number, int version) {}

  /** A version's first proposal. */
  void begin(int version) {
    new VersionLog(connection)
        .propose(
            new Move(
                version, null, VersionState.BUILDING, null, DefaultCheckpoints.minilm(), null));
  }

  void change(int version, VersionState from, VersionState to) {
    new VersionLog(connection).propose(new Move(version, from, to, null, null, null));
  }

  /** Begins a version that is complete at once. */
  void ready(int version) {
    begin(version);
    change(version, VersionState.BUILDING, VersionState.READY);
  }

  /** A proposal that the log ignores, since the version is in another state. */
  void proposeInVain(int version, VersionState from, VersionState to) throws Exception {
    StateChange change = new StateChange(from, to);
    VersionProposal proposal =
        new VersionProposal("vain", version, change, "test", null, null, null, Instant.now());
    send(
        record(
            connection.topics().indexVersions(), "vain", Codecs.VERSION_PROPOSAL.encode(proposal)));
  }

  /** An edit that answers see since a moment. */
  void answerable(Revision revision, Outcome outcome, Instant at) throws Exception {
    became(revision, outcome, new EditProgress(at, at, at));
  }

  /** How far an edit is: one passage of eight is another one. */
  void became(Revision revision, Outcome outcome, EditProgress progress) throws Exception {
    send(status(revision, outcome, null, progress));
  }

  /** So many documents that a version has. */
  void loaded(int documents, int version) {
    Instant now = Instant.now();
    EditProgress progress = new EditProgress(now, now, now);
    try (Producer<byte[], byte[]> producer = connection.producer()) {
      for (int i = 0; i < documents; i++) {
        Revision revision = new Revision("document " + i, 1, version);
        var unused = producer.send(status(revision, Outcome.ADDED, null, progress));
      }
    }
  }

  /** A record that nobody could use, for a reason in a word. */
  void deadLetter(String reason) throws Exception {
    ProducerRecord<byte[], byte[]> letter =
        record(connection.topics().deadLetters(), "bad", new byte[] {(byte) 0xff});
    letter.headers().add(DeadLetterHeaders.CLASS, reason.getBytes(UTF_8));
    send(letter);
  }

  /** An edit that nothing was published of. */
  void ended(Revision revision, Outcome outcome) throws Exception {
    send(status(revision, outcome, null, new EditProgress(Instant.now(), null, null)));
  }

  /** An edit that failed for that reason. */
  void failed(Revision revision, String reason) throws Exception {
    send(status(revision, Outcome.FAILED, reason, new EditProgress(Instant.now(), null, null)));
  }

  /** Edits of many documents that answers see, so many a second, until it is stopped. */
  StatusFlow flow(int perSecond) {
    return StatusFlow.start(
        connection,
        perSecond,
        number -> {
          Revision revision = new Revision("flow " + number % 5_000, 1 + number / 5_000, 1);
          Instant now = Instant.now();
          return status(revision, Outcome.UPDATED, null, new EditProgress(now, now, now));
        });
  }

  private ProducerRecord<byte[], byte[]> status(
      Revision revision, Outcome outcome, @Nullable String reason, EditProgress progress) {
    PassageChanges changes = new PassageChanges(8, 1, 1, 7);
    DocumentStatus status =
        new DocumentStatus(
            revision.id(),
            revision.number(),
            outcome,
            reason,
            changes,
            new VectorCounts(0, 1, 0, 0),
            revision.version(),
            progress);
    return record(
        connection.topics().documentStatus(), revision.id(), Codecs.DOCUMENT_STATUS.encode(status));
  }

  /** The topic lets go of all statuses so far. */
  void forgetStatuses() throws Exception {
    String topic = connection.topics().documentStatus();
    ConfigEntry policy = new ConfigEntry(TopicConfig.CLEANUP_POLICY_CONFIG, "compact,delete");
    try (Admin admin = connection.admin()) {
      admin
          .incrementalAlterConfigs(
              Map.of(
                  new ConfigResource(ConfigResource.Type.TOPIC, topic),
                  List.of(new AlterConfigOp(policy, AlterConfigOp.OpType.SET))))
          .all()
          .get();
      RecordsToDelete all = RecordsToDelete.beforeOffset(-1);
      admin.deleteRecords(Map.of(new TopicPartition(topic, 0), all)).all().get();
    }
  }

  /** What a run of the retriever says of its freshness. */
  void mark(long run, long number, @Nullable Instant through) throws Exception {
    FreshnessRecord record = new FreshnessRecord(new FreshnessMark(run, number, through), null);
    send(record(connection.topics().freshness(), "", Codecs.FRESHNESS.encode(record)));
  }

  /** What the updater says each second, to every partition. */
  void beat() throws Exception {
    String topic = connection.topics().passageVectors();
    try (Producer<byte[], byte[]> producer = connection.producer()) {
      int partitions = producer.partitionsFor(topic).size();
      Heartbeat beat = new Heartbeat(1, 0, 1, Instant.now(), partitions, 16, List.of(), List.of());
      for (int partition = 0; partition < partitions; partition++) {
        byte[] bytes = VectorMessageCodec.encode(beat);
        producer.send(new ProducerRecord<>(topic, partition, null, bytes)).get();
      }
    }
  }

  private void send(ProducerRecord<byte[], byte[]> record) {
    KeptClients.send(connection, record);
  }

  /** For one partition, so that readers see the order. */
  private static ProducerRecord<byte[], byte[]> record(String topic, String key, byte[] value) {
    return new ProducerRecord<>(topic, 0, key.getBytes(UTF_8), value);
  }
}
