package io.realmstream.deploy.client.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.realmstream.deploy.flink.FlinkRest;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OverdueCheckpointsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final long HOUR_MS = 3_600_000;

  @Test
  void fiveIntervalsAreNotTooLong() throws IOException {
    assertThat(warning(HOUR_MS, NOW.minusSeconds(50))).isNull();
  }

  @Test
  void aRunningJobWhoseCheckpointsDoNotEndIsSaidToBeStuck() throws IOException {
    assertThat(warning(HOUR_MS, NOW.minusSeconds(372)))
        .isEqualTo(
            "KnowledgeRetriever has completed no checkpoint for 6 min 12 s:"
                + " it may be stuck, although it is RUNNING");
  }

  @Test
  void beforeTheFirstCheckpointTheJobsAgeCounts() throws IOException {
    assertThat(warning(50_000, null)).isNull();
    assertThat(warning(51_000, null)).contains("no checkpoint for 51 s");
  }

  @Test
  void whereNoCheckpointBeginsByItselfNoneIsMissed() throws IOException {
    String never = "{\"interval\": " + Long.MAX_VALUE + "}";
    assertThat(warning(HOUR_MS, null, never)).isNull();
    assertThat(warning(HOUR_MS, null, "{}")).isNull();
  }

  private static @Nullable String warning(long runningForMs, @Nullable Instant completed)
      throws IOException {
    return warning(runningForMs, completed, "{\"mode\": \"exactly_once\", \"interval\": 10000}");
  }

  /** As Flink's dashboard shows them. */
  private static @Nullable String warning(
      long runningForMs, @Nullable Instant completed, String config) throws IOException {
    String latest =
        completed == null
            ? "null"
            : """
              {"id": 7, "status": "COMPLETED", "latest_ack_timestamp": %d}
              """
                .formatted(completed.toEpochMilli());
    return OverdueCheckpoints.warning(
        new FlinkRest.Job("8d86", "KnowledgeRetriever", "RUNNING", runningForMs),
        json(config),
        json("{\"latest\": {\"completed\": " + latest + "}}"),
        NOW);
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }
}
