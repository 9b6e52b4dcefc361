package io.realmstream.deploy.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.client.status.StatusReport;
import io.realmstream.deploy.flink.FlinkRest;
import io.realmstream.deploy.json.Json;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusPageTest {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:10Z");

  private static final StatusReport FULL =
      new StatusReport(
          AT,
          List.of(new FlinkRest.Job("ab", "KnowledgeUpdater", "RUNNING", 3_600_000)),
          new StatusReport.Documents(10_300, 10_300, 1),
          List.of(new StatusReport.Version(1, "ACTIVE", true, "e5", "complete")),
          StatusReport.Freshness.of(AT.minusMillis(1_500), AT),
          List.of(
              new StatusReport.Lag("realm.documents.v1", "updater-documents", 12L),
              new StatusReport.Lag("realm.queries.v1", "retriever-queries", null)),
          new StatusReport.Trouble(2, List.of("realm.documents.v1: too slow")),
          List.of(
              new StatusReport.Wiki("dewiki", null, null),
              new StatusReport.Wiki("enwiki", AT.minusSeconds(3_900), 3_900_000L)));

  @Test
  void pageTellsJobsCorpusVersionsFreshnessLagsAndDeadLetters() {
    assertThat(StatusPage.of(FULL).lines())
        .containsExactly(
            "job           KnowledgeUpdater  RUNNING",
            "documents     10,300",
            "passages      10,300",
            "failed        1 documents",
            "version       1  ACTIVE  complete  e5  (complete)",
            "freshness     1.5 s (every edit up to 2026-01-01T00:00:08.500Z is published)",
            "lag           realm.documents.v1  updater-documents  12",
            "lag           realm.queries.v1  retriever-queries  unknown",
            "wiki          dewiki  not verified yet: no audit has met all its pages",
            "wiki          enwiki  the oldest unverified page is 1 h 5 min old",
            "dead letters  2",
            "warning       realm.documents.v1: too slow");
  }

  @Test
  void jsonIsOneLineOfTheSame() {
    assertThat(Json.line(FULL))
        .isEqualTo(
            """
            {"at":"2026-01-01T00:00:10Z",\
            "jobs":[{"id":"ab","name":"KnowledgeUpdater","state":"RUNNING","runningForMs":3600000}],\
            "documents":10300,"passages":10300,"failedDocuments":1,\
            "versions":[{"version":1,"state":"ACTIVE","complete":true,"retriever":"e5",\
            "reason":"complete"}],\
            "indexedThrough":"2026-01-01T00:00:08.500Z","freshnessMs":1500,\
            "lags":[{"topic":"realm.documents.v1","reader":"updater-documents","records":12},\
            {"topic":"realm.queries.v1","reader":"retriever-queries","records":null}],\
            "deadLetters":2,"warnings":["realm.documents.v1: too slow"],\
            "wikis":[{"wiki":"dewiki","verifiedSince":null,"unverifiedMs":null},\
            {"wiki":"enwiki","verifiedSince":"2025-12-31T22:55:10Z","unverifiedMs":3900000}]}\
            """);
  }

  @Test
  void whatNobodyTellsIsUnknown() {
    StatusReport silent =
        new StatusReport(
            AT,
            null,
            new StatusReport.Documents(0, 0, 0),
            List.of(),
            StatusReport.Freshness.of(null, AT),
            List.of(),
            new StatusReport.Trouble(0, List.of()),
            null);
    assertThat(StatusPage.of(silent))
        .contains("jobs          unknown")
        .contains("freshness     unknown")
        .contains("versions      none");
    assertThat(Json.line(silent))
        .contains("\"jobs\":\"unknown\"")
        .contains("\"freshnessMs\":null")
        .contains("\"wikis\":\"unknown\"");
  }
}
