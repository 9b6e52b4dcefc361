package io.realmstream.deploy.cli.versions;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.client.Pace;
import io.realmstream.deploy.json.Json;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.checkpoint.TowerDigest;
import io.realmstream.model.version.VersionEntry;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import io.realmstream.schemas.version.VersionState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VersionLineTest {
  private static final String MINILM =
      """
      "retriever":"all-minilm-l6-v2","reason":%s,"since":"2026-01-01T00:00:00Z",\
      "activated":%s,\
      "digests":{"documentTower":"%s","queryTower":"%s","reader":"%s"},"scoreScale":20.0\
      """;

  @Test
  void versionInWorkHasItsPace() {
    VersionLine line =
        new VersionLine(entry(2, VersionState.BUILDING, false, null), new Pace(10, 30, seconds(4)));
    assertThat(line.text())
        .isEqualTo(
            "2  BUILDING  all-minilm-l6-v2  index 2"
                + "  10 of about 30 documents (33 %), 2.5/s, 8 s left  since 2026-01-01T00:00:00Z");
    assertThat(Json.line(line.report()))
        .isEqualTo(
            "{\"version\":2,\"index\":2,\"state\":\"BUILDING\",\"complete\":false,"
                + minilm("null", "null")
                + ",\"documentsDone\":10,\"documents\":30,"
                + "\"documentsPerSecond\":2.5,\"secondsLeft\":8}");
  }

  @Test
  void completeVersionIsNotMeasured() {
    VersionLine line =
        new VersionLine(
            entry(1, VersionState.ACTIVE, true, "all  there"), new Pace(30, 30, seconds(4)));
    assertThat(line.text())
        .isEqualTo(
            "1  ACTIVE  all-minilm-l6-v2  index 1  complete  since 2026-01-01T00:00:00Z"
                + "  (all there)");
    assertThat(Json.line(line.report()))
        .isEqualTo(
            "{\"version\":1,\"index\":1,\"state\":\"ACTIVE\",\"complete\":true,"
                + minilm("\"all  there\"", "\"2026-01-01T00:00:00Z\"")
                + ",\"documentsDone\":30,\"documents\":30}");
  }

  @Test
  void versionThatRestsHasNoRate() {
    VersionLine line =
        new VersionLine(entry(2, VersionState.PAUSED, false, null), new Pace(1, 3, seconds(4)));
    assertThat(line.text())
        .isEqualTo(
            "2  PAUSED  all-minilm-l6-v2  index 2  1 of 3 documents  since 2026-01-01T00:00:00Z");
    assertThat(Json.line(line.report())).endsWith(",\"documentsDone\":1,\"documents\":3}");
  }

  @Test
  void retiredVersionHasNoDocuments() {
    VersionLine line =
        new VersionLine(entry(1, VersionState.RETIRED, true, null), new Pace(1, 3, seconds(4)));
    assertThat(line.text())
        .isEqualTo("1  RETIRED  all-minilm-l6-v2  index 1  since 2026-01-01T00:00:00Z");
    assertThat(Json.line(line.report())).endsWith(minilm("null", "null") + "}");
  }

  private static String minilm(String reason, String activated) {
    RetrieverCheckpoint minilm = DefaultCheckpoints.minilm();
    return MINILM.formatted(
        reason,
        activated,
        TowerDigest.of(minilm.documentTower()),
        TowerDigest.of(minilm.queryTower()),
        TowerDigest.of(minilm.reader()));
  }

  private static VersionEntry entry(
      int version, VersionState state, boolean complete, @Nullable String reason) {
    Instant since = Instant.parse("2026-01-01T00:00:00Z");
    Instant activated = state == VersionState.ACTIVE ? since : null;
    return new VersionEntry(
        version, version, state, complete, DefaultCheckpoints.minilm(), reason, since, activated);
  }

  private static Duration seconds(int count) {
    return Duration.ofSeconds(count);
  }
}
