package io.realmstream.deploy.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** A Prometheus that reads one page of metrics and knows the alerts. */
public final class PrometheusProcess implements AutoCloseable {
  private final Process process;
  private final String address;
  private final HttpClient client = HttpClient.newHttpClient();

  private PrometheusProcess(Process process, String address) {
    this.process = process;
    this.address = address;
  }

  /**
   * Starts and waits until it reads.
   *
   * @param directory for its configuration and its data
   * @param target port of the page of metrics
   */
  public static PrometheusProcess start(Path directory, int port, int target) throws IOException {
    Path config = directory.resolve("prometheus.yaml");
    Files.writeString(
        config,
        """
        global: {scrape_interval: 10s, evaluation_interval: 10s}
        rule_files: ['%s']
        scrape_configs:
          - {job_name: realm, static_configs: [{targets: ['localhost:%d']}]}
        """
            .formatted(MonitoringFiles.monitoring("alerts.yaml"), target));
    Process process =
        new ProcessBuilder(
                "prometheus",
                "--config.file=" + config,
                "--storage.tsdb.path=" + directory.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("prometheus.log").toFile())
            .start();
    PrometheusProcess prometheus =
        new PrometheusProcess(process, "http://127.0.0.1:" + port + "/api/v1/");
    await("prometheus")
        .atMost(Duration.ofMinutes(1))
        .ignoreExceptions()
        .until(() -> prometheus.query("up").path(0).path("value").path(1).asText().equals("1"));
    return prometheus;
  }

  /** What an expression is now: a list of series, each with {@code metric} and {@code value}. */
  public JsonNode query(String expression) throws IOException, InterruptedException {
    String asked = URLEncoder.encode(expression, StandardCharsets.UTF_8);
    JsonNode answer = get("query?query=" + asked);
    assertThat(answer.path("status").asText())
        .as("%s: %s", expression, answer)
        .isEqualTo("success");
    return answer.path("data").path("result");
  }

  /** What an expression was: a list of series, each with {@code metric} and {@code values}. */
  JsonNode range(String expression, Instant from, Instant to)
      throws IOException, InterruptedException {
    String asked = URLEncoder.encode(expression, StandardCharsets.UTF_8);
    String when = "&start=%d&end=%d&step=10".formatted(from.getEpochSecond(), to.getEpochSecond());
    return get("query_range?query=" + asked + when).path("data").path("result");
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(address + path)).build();
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
    return new ObjectMapper().readTree(response.body());
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
