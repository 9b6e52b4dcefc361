package io.realmstream.deploy.bench.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.embedded.host.Ports;
import io.realmstream.deploy.embedded.host.StartException;
import io.realmstream.deploy.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A Prometheus that reads the processes of a cluster, and the alerts that it raises. */
final class Alerts implements AutoCloseable {
  private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

  private final Process prometheus;
  private final URI address;
  private final HttpClient client = HttpClient.newHttpClient();

  /** Seconds from the fault until each alert of the round fired first. */
  private final Map<String, Double> fired = new TreeMap<>();

  /**
   * The alert of a fault.
   *
   * @param fired seconds from the fault until it fired; null = it did not
   * @param cleared seconds from the fault until it rested again; null = it did not
   * @param others when the others fired that did, until then
   */
  record Alerted(
      String alert, @Nullable Double fired, @Nullable Double cleared, Map<String, Double> others) {}

  private Alerts(Process prometheus, URI address) {
    this.prometheus = prometheus;
    this.address = address;
  }

  /**
   * Starts {@code prometheus}, which must be installed.
   *
   * @param rules file of the alerts
   * @param ports where processes tell their metrics
   */
  static Alerts watch(Path rules, Path directory, List<Integer> ports)
      throws IOException, StartException {
    Files.createDirectories(directory);
    Path config = directory.resolve("prometheus.yaml");
    List<String> targets = new ArrayList<>();
    ports.forEach(port -> targets.add("'localhost:%d'".formatted(port)));
    Files.writeString(
        config,
        """
        global: {scrape_interval: 5s, evaluation_interval: 5s}
        rule_files: ['%s']
        scrape_configs:
          - {job_name: realm, static_configs: [{targets: %s}]}
        """
            .formatted(rules.toAbsolutePath(), targets));
    String listen = "127.0.0.1:" + Ports.free(1).get(0);
    Process process = start(directory, config, listen);
    return new Alerts(process, URI.create("http://" + listen + "/api/v1/alerts"));
  }

  private static Process start(Path directory, Path config, String listen) {
    try {
      return new ProcessBuilder(
              "prometheus",
              "--config.file=" + config,
              "--storage.tsdb.path=" + directory.resolve("data"),
              "--web.listen-address=" + listen)
          .redirectErrorStream(true)
          .redirectOutput(directory.resolve("prometheus.log").toFile())
          .start();
    } catch (IOException e) {
      throw CommandFailure.failed("prometheus cannot be started: " + e.getMessage());
    }
  }

  /**
   * Returns when an alert fires, or has not for so long.
   *
   * @param sinceNanos the fault
   */
  void awaitFiring(String alert, long sinceNanos, Duration patience) throws InterruptedException {
    fired.clear();
    while (!look(sinceNanos).contains(alert) && seconds(sinceNanos) < patience.toSeconds()) {
      Thread.sleep(POLL_INTERVAL.toMillis());
    }
  }

  /** Returns when an alert that fired rests, or has not for so long. */
  Alerted awaitCleared(String alert, long sinceNanos, Duration patience)
      throws InterruptedException {
    long begun = System.nanoTime();
    while (look(sinceNanos).contains(alert) && seconds(begun) < patience.toSeconds()) {
      Thread.sleep(POLL_INTERVAL.toMillis());
    }
    Double cleared = look(sinceNanos).contains(alert) ? null : (Double) seconds(sinceNanos);
    Map<String, Double> others = new TreeMap<>(fired);
    Double first = others.remove(alert);
    return new Alerted(alert, first, first == null ? null : cleared, others);
  }

  /** The alerts that fire now. */
  private Set<String> look(long sinceNanos) throws InterruptedException {
    Set<String> firing = new HashSet<>();
    for (JsonNode alert : get().at("/data/alerts")) {
      if (alert.path("state").asText().equals("firing")) {
        String name = alert.at("/labels/alertname").asText();
        firing.add(name);
        fired.putIfAbsent(name, seconds(sinceNanos));
      }
    }
    return firing;
  }

  private JsonNode get() throws InterruptedException {
    try {
      HttpRequest request = HttpRequest.newBuilder(address).build();
      return Json.MAPPER.readTree(client.send(request, BodyHandlers.ofString()).body());
    } catch (IOException e) {
      throw CommandFailure.failed("no Prometheus answers at " + address);
    }
  }

  private static double seconds(long sinceNanos) {
    return (System.nanoTime() - sinceNanos) / 1e9;
  }

  @Override
  public void close() {
    prometheus.destroy();
    try {
      prometheus.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
