package io.realmstream.deploy.door.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.config.RoutesConfig;
import io.realmstream.deploy.door.http.InFlight;
import io.realmstream.deploy.door.http.Refusal;
import io.realmstream.deploy.door.http.RunningRoutes;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@SuppressWarnings("NullAway.Init") // set before each test
class DoorMetricsTest {
  private final DoorMetrics metrics = new DoorMetrics();

  private RunningRoutes server;

  @BeforeEach
  void start() throws Exception {
    server = RunningRoutes.start(this::routes);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void routes(RoutesConfig routes) {
    metrics.addTo(routes);
    routes.get("/", request -> request.result("the page"));
    routes.get("/v1/things/<id>", request -> request.result(request.pathParam("id")));
    routes.get("/v1/events", request -> request.result("id: 1\n\n"));
    routes.get(
        "/v1/refused",
        request -> {
          throw new Refusal(429, "too many things at once");
        });
    routes.get(
        "/v1/slow",
        request ->
            request.future(
                () ->
                    new CompletableFuture<String>()
                        .completeOnTimeout("late", 300, TimeUnit.MILLISECONDS)
                        .thenAccept(request::result)));
  }

  @Test
  void requestsAreCountedByRouteAndStatus() throws Exception {
    for (String path : List.of("/", "/v1/things/7", "/v1/things/a/b", "/v1/refused", "/nowhere")) {
      server.get(path);
    }
    assertThat(lines())
        .contains(
            "realm_door_requests_total{route=\"page\",status=\"200\"} 1.0",
            "realm_door_requests_total{route=\"/v1/things/{id}\",status=\"200\"} 2.0",
            "realm_door_requests_total{route=\"/v1/refused\",status=\"429\"} 1.0",
            "realm_door_requests_total{route=\"none\",status=\"404\"} 1.0",
            "realm_door_request_seconds_count{route=\"/v1/things/{id}\"} 2");
  }

  @Test
  void whoIsNotLetInIsCounted() throws Exception {
    server.delete("/v1/things/7");
    server.send(server.request("/v1/things/7").header("Origin", "http://evil.example").DELETE());
    assertThat(lines())
        .contains("realm_door_requests_total{route=\"none\",status=\"403\"} 1.0")
        .contains("realm_door_requests_total{route=\"none\",status=\"405\"} 1.0");
  }

  @Test
  void whatIsAnsweredLaterTakesAsLong() throws Exception {
    assertThat(server.get("/v1/slow").body()).isEqualTo("late");
    String sum = "realm_door_request_seconds_sum{route=\"/v1/slow\"} ";
    assertThat(lines())
        .filteredOn(line -> line.startsWith(sum))
        .singleElement()
        .satisfies(
            line ->
                assertThat(Double.parseDouble(line.substring(sum.length()))).isBetween(0.3, 30.0));
  }

  @Test
  void theLengthOfAStreamSaysNothing() throws Exception {
    server.get("/v1/events");
    assertThat(lines())
        .contains("realm_door_requests_total{route=\"/v1/events\",status=\"200\"} 1.0")
        .noneMatch(line -> line.contains("seconds") && line.contains("/v1/events"));
  }

  @Test
  void whatIsServedNowIsShown() throws Exception {
    InFlight questions = metrics.places(3, "questions");
    metrics.places(1, "event streams");
    questions.enter();
    questions.enter();
    assertThat(lines())
        .contains(
            "realm_door_in_flight{kind=\"questions\"} 2.0",
            "realm_door_in_flight{kind=\"event streams\"} 0.0");
    questions.leave();
    assertThat(lines()).contains("realm_door_in_flight{kind=\"questions\"} 1.0");
  }

  private List<String> lines() throws Exception {
    HttpResponse<String> response = server.get("/v1/metrics");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/plain; version=0.0.4");
    return response.body().lines().toList();
  }
}
