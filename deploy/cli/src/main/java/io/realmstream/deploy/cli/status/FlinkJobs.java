package io.realmstream.deploy.cli.status;

import com.fasterxml.jackson.databind.JsonNode;
import io.realmstream.deploy.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks Flink's REST interface for its jobs. */
final class FlinkJobs {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private FlinkJobs() {}

  /**
   * Every job that Flink knows; null when nobody answers.
   *
   * @param address of the dashboard, for instance {@code http://localhost:8081}
   */
  static @Nullable List<StatusReport.Job> at(String address) {
    try {
      URI uri = URI.create(address.replaceAll("/+$", "") + "/jobs/overview");
      HttpResponse<byte[]> response =
          HttpClient.newBuilder()
              .connectTimeout(PATIENCE)
              .build()
              .send(
                  HttpRequest.newBuilder(uri).timeout(PATIENCE).build(),
                  HttpResponse.BodyHandlers.ofByteArray());
      return response.statusCode() == 200 ? parse(response.body()) : null;
    } catch (IOException | IllegalArgumentException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  static List<StatusReport.Job> parse(byte[] overview) throws IOException {
    List<StatusReport.Job> jobs = new ArrayList<>();
    for (JsonNode job : Json.MAPPER.readTree(overview).path("jobs")) {
      jobs.add(
          new StatusReport.Job(
              job.path("jid").asText(),
              job.path("name").asText(),
              job.path("state").asText(),
              job.path("duration").asLong()));
    }
    return jobs;
  }
}
