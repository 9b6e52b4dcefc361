package io.realmstream.deploy.door.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.door.http.InFlight;
import io.realmstream.deploy.door.http.RunningRoutes;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is decided before a topic is read; {@code EventsIT} reads the streams. */
@Timeout(60)
@SuppressWarnings("NullAway.Init")
class EventRoutesTest {
  private static RunningRoutes server;

  @BeforeAll
  static void start() throws Exception {
    EventRoutes events =
        new EventRoutes(Connection.to("localhost:1"), new InFlight(0, "event streams"));
    server = RunningRoutes.start(routes -> routes.get("/events", events::events));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aStreamMoreThanThereArePlacesForIsRefused() throws Exception {
    HttpResponse<String> response = server.get("/events?topics=status");
    assertThat(response.statusCode()).isEqualTo(429);
    assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
  }

  @Test
  void aTopicThatThereIsNotAndAnIdOfAnotherDoorTakeNoPlace() throws Exception {
    assertThat(server.get("/events?topics=queries").statusCode()).isEqualTo(400);
    HttpResponse<String> response =
        server.send(server.request("/events").header("Last-Event-ID", "17").GET());
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("Last-Event-ID");
  }
}
