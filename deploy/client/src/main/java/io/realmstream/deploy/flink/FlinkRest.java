package io.realmstream.deploy.flink;

import com.fasterxml.jackson.databind.JsonNode;
import io.realmstream.deploy.client.ClientException;
import io.realmstream.deploy.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The REST interface of a Flink cluster. Whatever is asked, what fails is a {@link
 * ClientException}: UNREACHABLE, or FAILED with what Flink says.
 */
public final class FlinkRest {
  private static final Duration CONNECT_PATIENCE_MAX = Duration.ofSeconds(8);

  private final String address;
  private final Duration patience;
  private final HttpClient client;

  /**
   * A job, in the form of the JSON that commands print.
   *
   * @param state for instance RUNNING
   */
  public record Job(String id, String name, String state, long runningForMs) {}

  /**
   * @param address of the dashboard, for instance {@code http://localhost:8081}
   * @param patience with each request
   */
  public FlinkRest(String address, Duration patience) {
    this.address = address;
    this.patience = patience;
    Duration connect =
        patience.compareTo(CONNECT_PATIENCE_MAX) < 0 ? patience : CONNECT_PATIENCE_MAX;
    this.client = HttpClient.newBuilder().connectTimeout(connect).build();
  }

  /** Every job that the cluster knows. */
  public List<Job> jobs() {
    List<Job> jobs = new ArrayList<>();
    for (JsonNode job : get("/jobs/overview").path("jobs")) {
      jobs.add(
          new Job(
              job.path("jid").asText(),
              job.path("name").asText(),
              job.path("state").asText(),
              job.path("duration").asLong()));
    }
    return jobs;
  }

  public JsonNode get(String path) {
    return send(request(path).GET().build());
  }

  /** Sends a body as JSON. */
  public JsonNode post(String path, Object body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(Json.line(body)))
            .build());
  }

  /**
   * Uploads a jar.
   *
   * @return its id
   */
  public String upload(String name, byte[] jar) {
    String boundary = UUID.randomUUID().toString();
    HttpRequest request =
        request("/jars/upload")
            .header("Content-Type", "multipart/form-data; boundary=" + boundary)
            .POST(multipart(boundary, name, jar))
            .build();
    String file = send(request).path("filename").asText();
    return file.substring(file.lastIndexOf('/') + 1);
  }

  /** Deletes an uploaded jar; jobs that were run from it go on. */
  public void delete(String jar) {
    send(request("/jars/" + jar).DELETE().build());
  }

  /** Ends a job; its savepoints and checkpoints stay. It may go on for a moment. */
  public void cancel(String job) {
    send(request("/jobs/" + job + "?mode=cancel").method("PATCH", BodyPublishers.noBody()).build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address + path)).timeout(patience);
  }

  private JsonNode send(HttpRequest request) {
    HttpResponse<byte[]> response;
    try {
      response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw ClientException.unreachable("no Flink answers at " + address);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ClientException.failed("interrupted");
    }
    JsonNode body = json(response.body());
    if (response.statusCode() >= 300 || body == null) {
      throw ClientException.failed(
          "Flink refuses " + request.uri().getPath() + ": " + complaint(response, body));
    }
    return body;
  }

  private static @Nullable JsonNode json(byte[] body) {
    try {
      return Json.MAPPER.readTree(body);
    } catch (IOException e) {
      return null;
    }
  }

  /** The innermost cause: Flink sends whole stack traces. */
  private static String complaint(HttpResponse<byte[]> response, @Nullable JsonNode body) {
    String text = "status " + response.statusCode();
    if (body != null) {
      for (JsonNode error : body.path("errors")) {
        for (String line : error.asText().lines().toList()) {
          if (line.startsWith("Caused by: ") || !line.matches("\\s.*|.*>|")) {
            text = line.replace("Caused by: ", "");
          }
        }
      }
    }
    return text;
  }

  private static BodyPublisher multipart(String boundary, String name, byte[] jar) {
    String head =
        String.join(
            "\r\n",
            "--%s",
            "Content-Disposition: form-data; name=\"jarfile\"; filename=\"%s\"",
            "Content-Type: application/x-java-archive",
            "",
            "");
    return BodyPublishers.concat(
        BodyPublishers.ofString(head.formatted(boundary, name)),
        BodyPublishers.ofByteArray(jar),
        BodyPublishers.ofString("\r\n--" + boundary + "--\r\n"));
  }
}
