package io.realmstream.deploy.cli.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.realmstream.deploy.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.jspecify.annotations.Nullable;

/** Reads a door's events until it is closed. */
public final class EventStream implements AutoCloseable {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final BufferedReader lines;

  private EventStream(InputStream body) {
    lines = new BufferedReader(new InputStreamReader(body, UTF_8));
  }

  /** One event. */
  public record Event(String id, String name, JsonNode data) {}

  /**
   * Goes on behind an event.
   *
   * @param last its id; null = from now on
   */
  public static EventStream open(HttpDoor door, String topics, @Nullable String last)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(door.address() + "/v1/events?topics=" + topics));
    if (last != null) {
      request.header("Last-Event-ID", last);
    }
    HttpResponse<InputStream> response = CLIENT.send(request.build(), BodyHandlers.ofInputStream());
    while (response.statusCode() == 429) {
      // readers that have gone free their places within a second
      Thread.sleep(1_000 * response.headers().firstValueAsLong("Retry-After").orElseThrow());
      response = CLIENT.send(request.build(), BodyHandlers.ofInputStream());
    }
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream");
    return new EventStream(response.body());
  }

  /** The next event, waited for. */
  public Event next() throws IOException {
    String id = "";
    String name = "";
    JsonNode data = Json.MAPPER.nullNode();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.isEmpty() && !name.isEmpty()) {
        return new Event(id, name, data);
      } else if (line.startsWith("id: ")) {
        id = line.substring(4);
      } else if (line.startsWith("event: ")) {
        name = line.substring(7);
      } else if (line.startsWith("data: ")) {
        data = Json.MAPPER.readTree(line.substring(6));
      }
    }
    throw new IOException("the stream ended");
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
