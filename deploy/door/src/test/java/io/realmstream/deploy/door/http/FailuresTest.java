package io.realmstream.deploy.door.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.http.Context;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@SuppressWarnings("NullAway.Init")
class FailuresTest {
  private static RunningRoutes server;

  @BeforeAll
  static void start() throws Exception {
    server =
        RunningRoutes.start(
            routes -> {
              routes.get("/refused/{status}", FailuresTest::refuse);
              routes.get(
                  "/defect",
                  request -> {
                    throw new IllegalStateException("a secret");
                  });
              routes.get(
                  "/gone",
                  request -> {
                    throw new UncheckedIOException(new java.io.IOException("reset"));
                  });
            });
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void refuse(Context request) {
    throw new Refusal(Integer.parseInt(request.pathParam("status")), "a \"reason\"");
  }

  @Test
  void aRefusalKeepsItsStatusAndReason() throws Exception {
    HttpResponse<String> response = server.get("/refused/409");
    assertThat(response.statusCode()).isEqualTo(409);
    assertThat(response.body()).isEqualTo("{\"error\":\"a \\\"reason\\\"\"}");
    assertThat(response.headers().map()).doesNotContainKeys("retry-after", "www-authenticate");
  }

  @Test
  void whoComesTooOftenOrWithoutATokenIsToldWhatToDo() throws Exception {
    assertThat(server.get("/refused/429").headers().firstValue("Retry-After")).hasValue("1");
    assertThat(server.get("/refused/401").headers().firstValue("WWW-Authenticate"))
        .hasValue("Bearer");
  }

  @Test
  void aDefectTellsStrangersNothing() throws Exception {
    HttpResponse<String> response = server.get("/defect");
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).isEqualTo("{\"error\":\"the door failed; its log says why\"}");
  }

  @Test
  void aReaderThatHasGoneIsNoDefect() throws Exception {
    assertThat(server.get("/gone").body()).isEmpty();
  }
}
