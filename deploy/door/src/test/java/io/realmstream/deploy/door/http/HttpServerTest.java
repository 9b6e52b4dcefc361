package io.realmstream.deploy.door.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.javalin.config.RoutesConfig;
import io.realmstream.deploy.json.Json;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class HttpServerTest {
  private static final Bounds BOUNDS = new Bounds(1_000, 4_096, Duration.ofSeconds(5));

  private final HttpClient client = HttpClient.newHttpClient();
  private final InFlight reading = new InFlight(2, "bodies");
  private final RequestBodies bodies = new RequestBodies(reading);

  /** What the handlers were handed. */
  private final List<String> handled = new CopyOnWriteArrayList<>();

  @SuppressWarnings("NullAway.Init")
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    Admission admission = new Admission(Set.of("localhost"), null, Set.of());
    server =
        HttpServer.start(new InetSocketAddress("localhost", 0), admission, BOUNDS, this::routes);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void routes(RoutesConfig routes) {
    routes.post(
        "/echo",
        request -> {
          byte[] body = bodies.read(request, BOUNDS);
          handled.add(new String(body, UTF_8));
          request.result(body);
        });
    routes.get("/documents/<id>", request -> request.result(request.pathParam("id")));
    routes.get(
        "/slow",
        request ->
            request.future(
                () ->
                    new CompletableFuture<String>()
                        .completeOnTimeout("late", 7, TimeUnit.SECONDS)
                        .thenAccept(request::result)));
    routes.get(
        "/defect",
        request -> {
          throw new IllegalStateException("a secret");
        });
  }

  @Test
  void aRequestWithinTheBoundsIsHandled() throws Exception {
    HttpResponse<String> response = post("ö".repeat(500), "application/json");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("ö".repeat(500));
    assertThat(response.headers().map().keySet())
        .noneMatch(name -> name.startsWith("access-control") || name.equals("server"));
  }

  @Test
  void aBodyThatIsTooLargeIsRefusedWithAndWithoutItsLength() throws Exception {
    String large = "x".repeat(5 << 20);
    assertFailure(413, "more than 1000 bytes", post(large, "application/json"));
    HttpRequest chunked =
        request("/echo")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(bytes())))
            .build();
    assertFailure(413, "more than 1000 bytes", send(chunked));
    assertThat(handled).isEmpty();
  }

  @Test
  void aBodyThatComesTooSlowlyIsRefused() throws Exception {
    String head =
        "POST /echo HTTP/1.1\nHost: localhost\nContent-Type: application/json\n"
            + "Content-Length: 10\nConnection: close\n\n{";
    assertThat(RawRequest.send(server.port(), head))
        .startsWith("HTTP/1.1 408 ")
        .endsWith("{\"error\":\"the body did not come in time\"}");
    assertThat(handled).isEmpty();
  }

  @Test
  void bodiesAreReadOnlySoManyAtOnce() throws Exception {
    String head =
        "POST /echo HTTP/1.1\nHost: localhost\nContent-Type: application/json\n"
            + "Content-Length: 2\nConnection: close\n\n{";
    try (RawRequest first = RawRequest.begin(server.port(), head);
        RawRequest second = RawRequest.begin(server.port(), head)) {
      while (reading.taken() < 2) {
        Thread.onSpinWait();
      }
      assertFailure(429, "too many bodies at once", post("{}", "application/json"));
      assertThat(first.end("}")).startsWith("HTTP/1.1 200 ").endsWith("{}");
      assertThat(post("{}", "application/json").statusCode()).isEqualTo(200);
      // the patience ends
      assertThat(second.end("")).startsWith("HTTP/1.1 408 ");
    }
  }

  @Test
  void headersBeyondTheBoundsAreRefused() throws Exception {
    String headers = "x: y\n".repeat(10_000);
    assertThat(
            RawRequest.send(server.port(), "GET /x HTTP/1.1\nHost: localhost\n" + headers + "\n"))
        .startsWith("HTTP/1.1 431 ")
        .contains("{\"error\":");
  }

  @Test
  void aForeignHostIsRefusedWhateverTheRoute() throws Exception {
    String rest = "Host: evil.example\nConnection: close\nContent-Length: 0\n\n";
    for (String line : List.of("POST /echo", "GET /no-route", "DELETE /echo", "OPTIONS /echo")) {
      assertThat(RawRequest.send(server.port(), line + " HTTP/1.1\n" + rest))
          .as(line)
          .startsWith("HTTP/1.1 403 ")
          .contains("{\"error\":\"Host is not a name of this door: see --name\"}");
    }
    assertThat(handled).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense\n\n",
        "GET /echo HTTP/1.1\n\n",
        "GET /echo HTTP/1.1\nHost: localhost\nHost: localhost\n\n",
        "GET http://evil.example/echo HTTP/1.1\nHost: localhost\n\n",
      })
  void whatIsNoHttpIsABadRequest(String text) throws Exception {
    assertThat(RawRequest.send(server.port(), text))
        .startsWith("HTTP/1.1 400 ")
        .contains("{\"error\":");
  }

  @ParameterizedTest
  @CsvSource({
    "GET,     /no-route,   404, no such route",
    "GET,     /echo,       405, no such method",
    "PUT,     /echo,       405, no such method",
    "OPTIONS, /echo,       405, no such method",
    "GET,     /defect,     500, its log says why",
  })
  void whatIsNotThereIsSaidAsJson(String method, String path, int status, String error)
      throws Exception {
    assertFailure(
        status, error, send(request(path).method(method, BodyPublishers.noBody()).build()));
  }

  @Test
  void aPageFromElsewhereCannotWrite() throws Exception {
    assertFailure(415, "application/json", post("{}", "text/plain"));
    HttpRequest foreign =
        request("/echo")
            .header("Content-Type", "application/json")
            .header("Origin", "http://evil.example")
            .POST(BodyPublishers.ofString("{}"))
            .build();
    assertFailure(403, "Origin is foreign", send(foreign));
    assertThat(handled).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "a/b.txt,           a/b.txt",
    "a%2Fb.txt,         a/b.txt",
    "%2Froot,           /root",
    "a%2F..%2Fb,        a/../b",
    "a%3Fb%23c%25d%3Be, a?b#c%d;e",
    "%C3%B6%20%2B,      'ö +'",
  })
  void anIdMayHoldAnyCharacter(String escaped, String id) throws Exception {
    HttpResponse<String> response = send(request("/documents/" + escaped).GET().build());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.body()).isEqualTo(id);
  }

  @Test
  void anAnswerMayTakeLongerThanABody() throws Exception {
    assertThat(send(request("/slow").GET().build()).body()).isEqualTo("late");
  }

  @Test
  void aPortThatIsTakenIsSaid() {
    InetSocketAddress taken = new InetSocketAddress("localhost", server.port());
    assertThatThrownBy(
            () ->
                HttpServer.start(
                    taken,
                    new Admission(Set.of("localhost"), null, Set.of()),
                    BOUNDS,
                    routes -> {}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot listen on");
  }

  private static void assertFailure(int status, String error, HttpResponse<String> response)
      throws IOException {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(Json.MAPPER.readTree(response.body()).path("error").asText()).contains(error);
  }

  private HttpResponse<String> post(String body, String contentType) throws Exception {
    return send(
        request("/echo")
            .header("Content-Type", contentType)
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path));
  }

  private HttpResponse<String> send(HttpRequest request) throws Exception {
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static byte[] bytes() {
    return new byte[5 << 20];
  }
}
