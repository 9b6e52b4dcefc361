package io.realmstream.deploy.processes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.realmstream.deploy.flink.FlinkRest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against answers of Flink that were written down. */
@Timeout(60)
class LastCheckpointsTest {
  private static final String JOBS =
      """
      {"jobs": [
        {"jid": "a", "name": "Updater", "state": "RUNNING", "duration": 5},
        {"jid": "b", "name": "Retriever", "state": "RUNNING", "duration": 5},
        {"jid": "c", "name": "Old", "state": "CANCELED", "duration": 5}]}
      """;

  private final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
  private final List<String> said = new ArrayList<>();

  @Test
  void eachRunningJobTakesOneAndWhatFailsIsSaid() throws Exception {
    take(
        Map.of(
            "/jobs/overview", JOBS,
            "/jobs/a/checkpoints", "{\"request-id\": \"1\"}",
            "/jobs/b/checkpoints", "{\"request-id\": \"2\"}",
            "/jobs/a/checkpoints/1", "{\"status\": {\"id\": \"COMPLETED\"}, \"operation\": {}}",
            "/jobs/b/checkpoints/2",
                "{\"status\": {\"id\": \"COMPLETED\"}, \"operation\": {\"failureCause\":"
                    + " {\"class\": \"CheckpointException\"}}}"));
    assertThat(asked).contains("POST /jobs/a/checkpoints", "POST /jobs/b/checkpoints");
    assertThat(asked).doesNotContain("POST /jobs/c/checkpoints");
    assertThat(said).containsExactly("no last checkpoint of Retriever: CheckpointException");
  }

  @Test
  void flinkThatDoesNotAnswerStopsNothing() throws Exception {
    take(Map.of());
    assertThat(said).singleElement().asString().startsWith("no last checkpoint: Flink refuses");
  }

  private void take(Map<String, String> answers) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          asked.add(exchange.getRequestMethod() + " " + path);
          byte[] body = answers.getOrDefault(path, "{}").getBytes(UTF_8);
          exchange.sendResponseHeaders(answers.containsKey(path) ? 200 : 404, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      String address = "http://localhost:" + server.getAddress().getPort();
      new LastCheckpoints(new FlinkRest(address, Duration.ofSeconds(10)), said::add).take();
    } finally {
      server.stop(0);
    }
  }
}
