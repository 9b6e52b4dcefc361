package io.realmstream.deploy.door.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.door.http.InFlight;
import io.realmstream.deploy.door.http.RunningRoutes;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is decided before topics are read; {@code ServeIT} tests the reports. */
@Timeout(60)
class ReportRoutesTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "1.5", "ten", "1000000", "99999999999"})
  void aNumberOfDeadLettersThatIsNoneIsRefused(String last) throws Exception {
    ReportRoutes reports =
        new ReportRoutes(Connection.to("localhost:1"), null, new InFlight(1, "reports"));
    try (RunningRoutes server =
        RunningRoutes.start(routes -> routes.get("/dead-letters", reports::deadLetters))) {
      HttpResponse<String> response = server.get("/dead-letters?last=" + last);
      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(response.body())
          .isEqualTo("{\"error\":\"last: must be a whole number from 1 to 999999\"}");
    }
  }

  @Test
  void aReportMoreThanThereArePlacesForIsRefused() throws Exception {
    ReportRoutes reports =
        new ReportRoutes(Connection.to("localhost:1"), null, new InFlight(0, "reports"));
    try (RunningRoutes server =
        RunningRoutes.start(
            routes -> {
              routes.get("/status", reports::status);
              routes.get("/versions", reports::versions);
              routes.get("/dead-letters", reports::deadLetters);
              routes.get("/health", reports::health);
            })) {
      for (String path : new String[] {"/status", "/versions", "/dead-letters", "/health"}) {
        HttpResponse<String> response = server.get(path);
        assertThat(response.statusCode()).as(path).isEqualTo(429);
        assertThat(response.body()).isEqualTo("{\"error\":\"too many reports at once\"}");
      }
    }
  }
}
