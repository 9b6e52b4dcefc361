package io.realmstream.deploy.door.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.door.http.InFlight;
import io.realmstream.deploy.door.http.RequestBodies;
import io.realmstream.deploy.door.http.RunningRoutes;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is decided before a broker is asked; here there is none. */
@Timeout(60)
class ControlRoutesTest {
  private static final Connection NOBODY = Connection.to("localhost:1");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/versions/1/activate",
        "/v1/versions/1/rollback",
        "/v1/versions/1/pause",
        "/v1/versions/1/resume",
        "/v1/versions/x/resume",
        "/v1/checkpoints"
      })
  void nothingIsChangedUnlessThatIsAllowed(String path) throws Exception {
    try (RunningRoutes server = server(false, 1)) {
      HttpResponse<String> response = server.post(path, "{\"model\": \"e5\"}");
      assertThat(response.statusCode()).isEqualTo(403);
      assertThat(response.body()).contains("without control");
    }
  }

  @Test
  void aPageIsToldWhatItMayShow() throws Exception {
    try (RunningRoutes server = server(false, 1)) {
      assertThat(server.get("/v1/control").body())
          .isEqualTo("{\"allowed\":false,\"models\":[\"e5\",\"minilm\",\"bge\"]}");
    }
    try (RunningRoutes server = server(true, 1)) {
      assertThat(server.get("/v1/control").body()).startsWith("{\"allowed\":true,");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "0", "-1", "1.5", "2147483648", "%20"})
  void aVersionIsANumber(String version) throws Exception {
    try (RunningRoutes server = server(true, 1)) {
      HttpResponse<String> response = server.post("/v1/versions/" + version + "/activate", "");
      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(response.body()).contains("version: must be a whole number of at least 1");
    }
  }

  @Test
  void aBadCheckpointTakesNoPlaceAndAGoodOneMore() throws Exception {
    try (RunningRoutes server = server(true, 0)) {
      assertThat(server.post("/v1/checkpoints", "{}").statusCode()).isEqualTo(400);
      HttpResponse<String> refused = server.post("/v1/checkpoints", "{\"model\": \"e5\"}");
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(server.post("/v1/versions/1/pause", "").statusCode()).isEqualTo(429);
    }
  }

  @Test
  void theRulesOfWritesHold() throws Exception {
    try (RunningRoutes server = server(true, 1)) {
      String path = "/v1/versions/1/activate";
      var plain = server.request(path).POST(BodyPublishers.noBody());
      assertThat(server.send(plain).statusCode()).isEqualTo(415);
      var foreign = server.request(path).POST(BodyPublishers.noBody());
      foreign.header("Content-Type", "application/json").header("Origin", "http://evil.example");
      assertThat(server.send(foreign).statusCode()).isEqualTo(403);
      assertThat(server.get(path).statusCode()).isEqualTo(405);
    }
  }

  private static RunningRoutes server(boolean allowed, int places) throws Exception {
    RequestBodies bodies = new RequestBodies(new InFlight(9, "bodies"));
    return RunningRoutes.start(
        new ControlRoutes(NOBODY, allowed, new InFlight(places, "changes"), bodies)::addTo);
  }
}
