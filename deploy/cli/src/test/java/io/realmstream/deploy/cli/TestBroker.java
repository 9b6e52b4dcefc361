package io.realmstream.deploy.cli;

import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.TopicOffsets;
import io.realmstream.deploy.embedded.EmbeddedBroker;
import io.realmstream.deploy.embedded.KeptClients;
import io.realmstream.deploy.embedded.Retention;
import io.realmstream.deploy.embedded.TopicSetup;
import io.realmstream.jobs.RealmOptions;
import io.realmstream.schemas.Topics;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.json.Codecs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** A real broker for command tests; each test has topics under a prefix of its own. */
public final class TestBroker implements AutoCloseable {
  private final Path directory;
  private EmbeddedBroker broker;

  private TestBroker(Path directory, EmbeddedBroker broker) {
    this.directory = directory;
    this.broker = broker;
  }

  public static TestBroker start(Path directory) throws Exception {
    return new TestBroker(directory, EmbeddedBroker.start(directory, 0));
  }

  /** Starts it again after {@link #close}, at the same address and with all that it held. */
  public void startAgain() throws Exception {
    int port = Integer.parseInt(servers().substring(servers().indexOf(':') + 1));
    broker = EmbeddedBroker.start(directory, port);
  }

  public String servers() {
    return broker.bootstrapServers();
  }

  /** Creates the topics of a prefix. */
  public Connection topics(String prefix) throws Exception {
    Connection connection =
        new Connection(Map.of("bootstrap.servers", servers()), new Topics(prefix));
    try (Admin admin = connection.admin()) {
      TopicSetup.create(
          admin, connection.topics(), Retention.of(RealmOptions.TOMBSTONE_TTL.defaultValue()));
    }
    return connection;
  }

  /** A command on the topics of a prefix. */
  public CommandRun run(String prefix, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--bootstrap-servers", servers(), "--topic-prefix", prefix));
    return CommandRun.of(all.toArray(String[]::new));
  }

  /** What the documents topic holds; per partition in order. */
  public static List<DocumentEdit> edits(Connection connection) throws Exception {
    List<DocumentEdit> edits = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record :
        read(connection, connection.topics().documents())) {
      edits.add(Codecs.DOCUMENT_EDIT.decode(record.value()));
    }
    return edits;
  }

  /** What a topic holds; per partition in order. */
  public static List<ConsumerRecord<byte[], byte[]>> read(Connection connection, String topic) {
    return KeptClients.records(connection, topic);
  }

  public static void write(Connection connection, String topic, String key, byte[] value) {
    KeptClients.send(
        connection, new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value));
  }

  /** Makes a group look as if its job had read far ahead. */
  public static void commitFarAhead(Connection connection, String group, String topic)
      throws Exception {
    commit(connection, group, topic, 1_000);
  }

  /** Makes a group look as if its job had read so far of each partition. */
  public static void commit(Connection connection, String group, String topic, long offset)
      throws Exception {
    try (Admin admin = connection.admin()) {
      Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
      TopicOffsets.of(admin, topic)
          .ends()
          .keySet()
          .forEach(partition -> offsets.put(partition, new OffsetAndMetadata(offset)));
      admin.alterConsumerGroupOffsets(group, offsets).all().get();
    }
  }

  @Override
  public void close() {
    broker.close();
  }
}
