package io.realmstream.deploy.bench.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.realmstream.deploy.client.Connection;
import io.realmstream.schemas.Topics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Puts records onto every topic that nobody can read. */
final class Poison {
  private static final int NOISE_BYTES = 100_000;

  private Poison() {}

  /**
   * Sends each form to each topic of the knowledge base.
   *
   * @return the places, as {@link Witness#place} writes them, of those that a job must refuse
   */
  static List<String> send(Connection connection, Random random) {
    List<String> places = new ArrayList<>();
    Set<String> read = read(connection.topics());
    try (KafkaProducer<byte[], byte[]> producer = connection.producer()) {
      for (String topic : topics(connection)) {
        for (byte[] form : forms(random)) {
          byte[] key = ("poison-" + random.nextInt()).getBytes(UTF_8);
          RecordMetadata at =
              Connection.await(producer.send(new ProducerRecord<>(topic, key, form)));
          if (read.contains(topic)) {
            places.add(Witness.place(at.topic(), at.partition(), at.offset()));
          }
        }
      }
    }
    return places;
  }

  /** What no decoder takes for a record. */
  static List<byte[]> forms(Random random) {
    byte[] noise = new byte[NOISE_BYTES];
    random.nextBytes(noise);
    byte[] deep = new byte[NOISE_BYTES];
    Arrays.fill(deep, (byte) '[');
    return List.of(
        new byte[0],
        "{".getBytes(UTF_8),
        "[]".getBytes(UTF_8),
        "{\"id\": 17, \"text\": []}".getBytes(UTF_8),
        new byte[] {'{', '"', (byte) 0xc3, (byte) 0x28, '"', ':', '1', '}'},
        // how a record of vectors begins
        new byte[] {(byte) 0xc3, 1, 1, 2, 3, 4, 5, 6, 7, 8},
        deep,
        noise);
  }

  /** Topics that the two jobs read all the time. */
  private static Set<String> read(Topics topics) {
    return Set.of(
        topics.documents(),
        topics.retrieverCheckpoints(),
        topics.indexVersions(),
        topics.partitions(),
        topics.passageVectors(),
        topics.republications(),
        topics.queries(),
        topics.freshness(),
        topics.searchAgain());
  }

  private static List<String> topics(Connection connection) {
    try (Admin admin = connection.admin()) {
      return Connection.await(admin.listTopics().names()).stream()
          .filter(name -> name.startsWith(connection.topics().prefix() + "."))
          .sorted()
          .toList();
    }
  }
}
