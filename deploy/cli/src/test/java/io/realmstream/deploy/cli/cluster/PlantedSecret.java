package io.realmstream.deploy.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.realmstream.deploy.cli.TestBroker;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.embedded.JavaProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A password that Kafka's clients are given, and the places where a stranger might read it. */
final class PlantedSecret {
  /** What a setting refers to by a variable of the environment; nothing secret. */
  static final String RACK = Objects.requireNonNull(System.getenv("HOME"));

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String secret = "planted-" + UUID.randomUUID();
  private final Path file;

  /** Puts it into a file of its own in {@code directory}. */
  PlantedSecret(Path directory) throws Exception {
    file = directory.resolve("secrets.properties");
    Files.writeString(file, "password=" + secret + "\nage=123456\n");
  }

  /**
   * Kafka properties that refer to it. A client that did not resolve them would not start: an age
   * must be a number.
   */
  String references() {
    return """
    config.providers=file,env
    config.providers.file.class=org.apache.kafka.common.config.provider.FileConfigProvider
    config.providers.env.class=org.apache.kafka.common.config.provider.EnvVarConfigProvider
    client.rack=${env:HOME}
    metadata.max.age.ms=${file:%1$s:age}
    ssl.truststore.password=${file:%1$s:password}
    sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required \
    username="ada" password="${file:%1$s:password}";
    """
        .formatted(file);
  }

  /** The same as it is. */
  String plain() {
    return "ssl.truststore.password=" + secret + "\n";
  }

  /** Whether any text holds it. */
  boolean isIn(List<String> texts) {
    return texts.stream().anyMatch(text -> text.contains(secret));
  }

  /** All that Flink's REST interface says of the cluster and its jobs. */
  static List<String> rest(String flink) throws Exception {
    List<String> texts = new ArrayList<>();
    for (String path :
        List.of(
            "config",
            "jobmanager/config",
            "jobmanager/environment",
            "jobmanager/logs",
            "jobs/overview",
            "jars",
            "overview",
            "taskmanagers")) {
      texts.add(get(flink + "/" + path));
    }
    for (JsonNode manager : JSON.readTree(get(flink + "/taskmanagers")).path("taskmanagers")) {
      texts.add(get(flink + "/taskmanagers/" + manager.path("id").asText()));
    }
    for (JsonNode job : JSON.readTree(get(flink + "/jobs/overview")).path("jobs")) {
      String root = flink + "/jobs/" + job.path("jid").asText();
      for (String path :
          List.of(
              "",
              "/config",
              "/plan",
              "/exceptions",
              "/accumulators",
              "/checkpoints",
              "/checkpoints/config",
              "/jobmanager/config",
              "/jobmanager/environment")) {
        texts.add(get(root + path));
      }
      for (JsonNode vertex : JSON.readTree(get(root)).path("vertices")) {
        String place = root + "/vertices/" + vertex.path("id").asText();
        texts.addAll(List.of(get(place), get(place + "/accumulators")));
      }
    }
    return texts;
  }

  /** The dead letters with their headers, as text. */
  static List<String> deadLetters(Connection connection) {
    List<String> texts = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> letter :
        TestBroker.read(connection, connection.topics().deadLetters())) {
      texts.add(new String(letter.value(), StandardCharsets.UTF_8));
      letter.headers().forEach(h -> texts.add(new String(h.value(), StandardCharsets.UTF_8)));
    }
    return texts;
  }

  /** What Linux shows of the processes to everybody: their arguments. */
  static List<String> arguments(JavaProcess... processes) throws IOException {
    List<String> texts = new ArrayList<>();
    for (JavaProcess process : processes) {
      Path shown = Path.of("/proc", Long.toString(process.pid()), "cmdline");
      texts.add(Files.readString(shown, StandardCharsets.ISO_8859_1));
    }
    return texts;
  }

  private static String get(String address) throws Exception {
    return CLIENT
        .send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString())
        .body();
  }
}
