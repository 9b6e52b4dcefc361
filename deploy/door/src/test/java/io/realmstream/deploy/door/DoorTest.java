package io.realmstream.deploy.door;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.door.http.RawRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The routes together; no broker is behind this door. */
@Timeout(120)
@SuppressWarnings("NullAway.Init") // set before each test
class DoorTest {
  /** As many bodies as a door reads at once. */
  private static final int BODIES = 96;

  private static final List<String> ROUTES =
      List.of("/v1/ask", "/v1/retrieve", "/v1/documents", "/v1/checkpoints");

  private final HttpClient client = HttpClient.newHttpClient();

  private Door door;

  @BeforeEach
  void open() throws Exception {
    door =
        Door.open(
            Connection.to("localhost:1"), DoorSettings.onLoopback(0).withControl(), null, null);
  }

  @AfterEach
  void close() {
    door.close();
  }

  @Test
  void bodiesThatComeSlowlyAreBoundedWhateverTheirRoutes() throws Exception {
    List<RawRequest> slow = new ArrayList<>();
    try {
      for (int i = 0; i < BODIES; i++) {
        slow.add(begun(ROUTES.get(i % ROUTES.size())));
      }
      while (!metrics().contains("realm_door_in_flight{kind=\"incoming bodies\"} 96.0")) {
        Thread.onSpinWait();
      }
      for (String route : ROUTES) {
        HttpResponse<String> refused = post(route);
        assertThat(refused.statusCode()).as(route).isEqualTo(429);
        assertThat(refused.body()).isEqualTo("{\"error\":\"too many incoming bodies at once\"}");
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
      }
      assertThat(slow.get(BODIES - 1).end("}")).startsWith("HTTP/1.1 400 ");
      for (String route : ROUTES) {
        assertThat(post(route).statusCode()).as(route).isEqualTo(400);
      }
    } finally {
      for (RawRequest request : slow) {
        request.close();
      }
    }
  }

  /** A request whose body lacks its last byte. */
  private RawRequest begun(String route) throws Exception {
    return RawRequest.begin(
        URI.create(door.address()).getPort(),
        "POST "
            + route
            + " HTTP/1.1\nHost: localhost\nContent-Type: application/json\n"
            + "Content-Length: 2\nConnection: close\n\n{");
  }

  private HttpResponse<String> post(String route) throws Exception {
    return send(
        HttpRequest.newBuilder(URI.create(door.address() + route))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{}")));
  }

  private String metrics() throws Exception {
    return send(HttpRequest.newBuilder(URI.create(door.address() + "/v1/metrics"))).body();
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString(UTF_8));
  }
}
