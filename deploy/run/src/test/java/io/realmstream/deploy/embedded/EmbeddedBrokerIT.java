package io.realmstream.deploy.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.deploy.embedded.host.StartException;
import io.realmstream.deploy.processes.ProcessFiles;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EmbeddedBrokerIT {
  private static final String TOPIC = "numbers";

  @Test
  void recordsOfSevenMebibytesComeBackAfterARestart(@TempDir Path directory) throws Exception {
    byte[] large = new byte[7 << 20];
    large[large.length - 1] = 42;
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0)) {
      createTopic(broker);
      produce(broker.bootstrapServers(), List.of(new byte[] {1}, large));
      assertThat(consume(broker.bootstrapServers(), 2)).containsExactly(new byte[] {1}, large);
    }
    // another port, the same folder
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0)) {
      produce(broker.bootstrapServers(), List.of(new byte[] {3}));
      assertThat(consume(broker.bootstrapServers(), 3))
          .containsExactly(new byte[] {1}, large, new byte[] {3});
    }
  }

  @Test
  void whatWasAcknowledgedSurvivesAKill(@TempDir Path directory) throws Exception {
    try (JavaProcess child = JavaProcess.start(BrokerProcess.class, directory.toString(), "0")) {
      String bootstrapServers = child.readLine();
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
        admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
      }
      produce(bootstrapServers, List.of(new byte[] {1}, new byte[] {2}));
      child.kill();
    }
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0)) {
      assertThat(consume(broker.bootstrapServers(), 2))
          .containsExactly(new byte[] {1}, new byte[] {2});
    }
  }

  @Test
  void aTakenPortIsSaidInOneLine(@TempDir Path directory) throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> EmbeddedBroker.start(directory, taken.getLocalPort()))
          .isInstanceOf(StartException.class)
          .hasMessage(
              "port %d for Kafka is taken; choose another, or 0 for a free one",
              taken.getLocalPort());
    }
  }

  @Test
  void aFolderThatIsAFileIsSaidInOneLine(@TempDir Path directory) throws Exception {
    Path file = Files.createFile(directory.resolve("file"));
    assertThatThrownBy(() -> EmbeddedBroker.start(file, 0))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("cannot write Kafka's folder " + file);
  }

  private static void createTopic(EmbeddedBroker broker) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      NewTopic topic =
          new NewTopic(TOPIC, 1, (short) 1)
              .configs(
                  Map.of(
                      "max.message.bytes", ProcessFiles.broker().getProperty("message.max.bytes")));
      admin.createTopics(List.of(topic)).all().get();
    }
  }

  private static void produce(String bootstrapServers, List<byte[]> values) throws Exception {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", bootstrapServers, "max.request.size", 8 << 20, "acks", "all");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (byte[] value : values) {
        producer.send(new ProducerRecord<>(TOPIC, value)).get();
      }
    }
  }

  private static List<byte[]> consume(String bootstrapServers, int count) {
    List<byte[]> values = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      TopicPartition partition = new TopicPartition(TOPIC, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      while (values.size() < count) {
        consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
      }
    }
    return values;
  }
}
