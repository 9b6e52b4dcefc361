package io.realmstream.deploy.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The REST interface of a Flink cluster, as far as submitting jobs needs it. */
final class FlinkRest {
  private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(8);

  /** A job's graph is drawn inside a request, which asks Kafka for its topics. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final String address;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(CONNECT_PATIENCE).build();

  /**
   * @param address of the dashboard, for instance {@code http://localhost:8081}
   */
  FlinkRest(String address) {
    this.address = address;
  }

  /**
   * @throws CommandFailure UNREACHABLE, or FAILED with what Flink says
   */
  JsonNode get(String path) {
    return send(request(path).GET().build());
  }

  /**
   * @throws CommandFailure UNREACHABLE, or FAILED with what Flink says
   */
  JsonNode post(String path, Object body) {
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
   * @throws CommandFailure UNREACHABLE, or FAILED with what Flink says
   */
  String upload(String name, byte[] jar) {
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
  void delete(String jar) {
    send(request("/jars/" + jar).DELETE().build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address + path)).timeout(PATIENCE);
  }

  private JsonNode send(HttpRequest request) {
    HttpResponse<byte[]> response;
    try {
      response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw CommandFailure.unreachable("no Flink answers at " + address);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandFailure.failed("interrupted");
    }
    JsonNode body = json(response.body());
    if (response.statusCode() >= 300 || body == null) {
      throw CommandFailure.failed(
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
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(head.formatted(boundary, name).getBytes(StandardCharsets.UTF_8));
    body.writeBytes(jar);
    body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return BodyPublishers.ofByteArray(body.toByteArray());
  }
}
