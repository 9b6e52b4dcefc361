package io.realmstream.jobs.updater;

import static io.realmstream.jobs.updater.DocumentsHarness.MODELS;
import static io.realmstream.jobs.updater.DocumentsHarness.SHARDS;
import static io.realmstream.jobs.updater.DocumentsHarness.longText;
import static io.realmstream.jobs.updater.DocumentsHarness.proposed;
import static io.realmstream.jobs.updater.DocumentsHarness.ready;
import static io.realmstream.jobs.updater.DocumentsHarness.upsert;
import static io.realmstream.jobs.updater.DocumentsVersionsTest.second;
import static io.realmstream.jobs.updater.DocumentsVersionsTest.withRawVectors;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.SharedModels;
import io.realmstream.jobs.updater.DocumentsHarness.Place;
import io.realmstream.model.encoder.Encoder;
import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.vectors.Heartbeat;
import io.realmstream.schemas.version.VersionState;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentsHeartbeatTest {

  @Test
  void heartbeatStopsBeforeTheEarliestEditNotPublishedElseAtTheWatermark() throws Exception {
    try (DocumentsHarness documents = ready()) {
      documents.watermark(900);
      documents.time(1_000);
      documents.edit(upsert("a", 1, longText("x")), 500);
      documents.time(2_000);
      documents.finish();
      documents.time(3_000);

      List<Heartbeat> beats = documents.of(Heartbeat.class);
      assertThat(beats)
          .extracting(beat -> beat.through().toEpochMilli())
          .containsExactly(900L, 900L, 900L, 499L, 499L, 499L, 900L, 900L, 900L);
      assertThat(beats).allSatisfy(beat -> assertThat(beat.run()).isEqualTo(7));
    }
  }

  @Test
  void nobodyWaitsForAVersionThatIsStillBeingWalked() throws Exception {
    VersionTable paused = proposed(second(withRawVectors()), 2, VersionState.PAUSED);
    SharedModels<Encoder>.Lease open = openSecond();
    try (DocumentsHarness documents = ready()) {
      documents.watermark(900);
      documents.versions(paused, Place.ALONE);

      assertThat(throughBehindThePublished(documents)).isEqualTo(900);
      documents.await(() -> !DocumentsVersionsTest.of(documents, 2).isEmpty());
    }
    open.close();
  }

  @Test
  void whatNoWalkWillFindIsWaitedFor() throws Exception {
    SharedModels<Encoder>.Lease open = openSecond();
    try (DocumentsHarness documents = ready()) {
      documents.watermark(900);
      documents.versions(second(withRawVectors()), Place.ALONE);
      documents.await(() -> DocumentsVersionsTest.complete(documents, 2) == SHARDS);

      assertThat(throughBehindThePublished(documents)).isEqualTo(499);
      documents.await(() -> !DocumentsVersionsTest.of(documents, 2).isEmpty());
      assertThat(through(documents)).isEqualTo(900);
    }
    open.close();
  }

  /** Opens the second version's encoder, so that an edit meets both versions. */
  private static SharedModels<Encoder>.Lease openSecond() {
    SharedModels<Encoder>.Lease open = MODELS.encoder(withRawVectors().documentTower());
    open.model().join();
    return open;
  }

  /** Where a beat stands when an edit is in the ACTIVE version and not yet in the second. */
  private static long throughBehindThePublished(DocumentsHarness documents) throws Exception {
    documents.edit(upsert("a", 1, "A text."), 500);
    documents.await(() -> !DocumentsVersionsTest.of(documents, 1).isEmpty());
    assertThat(DocumentsVersionsTest.of(documents, 2)).isEmpty();
    return through(documents);
  }

  private static long through(DocumentsHarness documents) throws Exception {
    int before = documents.of(Heartbeat.class).size();
    documents.time(1_000L * (before + 1));
    List<Heartbeat> beats = documents.of(Heartbeat.class);
    assertThat(beats).hasSizeGreaterThan(before);
    return beats.get(beats.size() - 1).through().toEpochMilli();
  }

  @Test
  void heartbeatIsSilentUntilTheSourceHasSpoken() throws Exception {
    try (DocumentsHarness documents = ready()) {
      documents.time(5_000);

      assertThat(documents.of(Heartbeat.class)).isEmpty();
    }
  }
}
