package io.realmstream.deploy.cli.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.realmstream.deploy.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** A door as any HTTP client sees it. */
public record HttpDoor(String address) {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  public HttpResponse<byte[]> get(String path) throws Exception {
    return send(request(path).GET());
  }

  HttpResponse<byte[]> delete(String path) throws Exception {
    return send(request(path).DELETE());
  }

  public HttpResponse<byte[]> post(String path, String json) throws Exception {
    return send(posting(path, json));
  }

  CompletableFuture<HttpResponse<byte[]>> posted(String path, String json) {
    return CLIENT.sendAsync(posting(path, json).build(), BodyHandlers.ofByteArray());
  }

  private HttpRequest.Builder posting(String path, String json) {
    return request(path)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(json));
  }

  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address + path));
  }

  public HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
  }

  /** The body of a response of that status. */
  public static String body(int status, HttpResponse<byte[]> response) {
    String body = new String(response.body(), UTF_8);
    assertThat(response.statusCode()).as(body).isEqualTo(status);
    return body;
  }

  /** The same as JSON. */
  public static JsonNode json(int status, HttpResponse<byte[]> response) throws IOException {
    return Json.MAPPER.readTree(body(status, response));
  }

  public static String error(int status, HttpResponse<byte[]> response) throws IOException {
    return json(status, response).path("error").asText();
  }

  static String escaped(String id) {
    return URLEncoder.encode(id, UTF_8).replace("+", "%20");
  }

  public static String question(String id, String text, String more) {
    return "{\"id\": \"%s\", \"text\": \"%s\"%s}".formatted(id, text, more);
  }

  static String due(String id, int seconds) {
    return question(id, "goats", ", \"deadline\": \"" + Instant.now().plusSeconds(seconds) + "\"");
  }
}
