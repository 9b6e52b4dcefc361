package io.realmstream.jobs.retriever.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.Models;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.checkpoint.TowerDigest;
import io.realmstream.model.encoder.Encoder;
import io.realmstream.model.version.VersionEntry;
import io.realmstream.schemas.answer.IndexVersion;
import io.realmstream.schemas.query.QueryKind;
import io.realmstream.schemas.version.EncoderTower;
import io.realmstream.schemas.version.Part;
import io.realmstream.schemas.version.ReaderPart;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import io.realmstream.schemas.version.VersionState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ServedVersionTest {
  private static final Models MODELS = new Models(Path.of("target", "models").toString());
  private static final RetrieverCheckpoint CHECKPOINT = DefaultCheckpoints.minilm();
  private static final Part GONE = new Part("classpath:models/none.onnx", "0".repeat(64));

  @Test
  void answersNameTheVersionByTheDigestsOfItsParts() throws Exception {
    try (ServedVersion served = served(CHECKPOINT)) {
      assertThat(served.version(QueryKind.OPEN_QA))
          .isEqualTo(
              new IndexVersion(
                  7,
                  TowerDigest.of(CHECKPOINT.documentTower()).toString(),
                  TowerDigest.of(CHECKPOINT.queryTower()).toString(),
                  TowerDigest.of(CHECKPOINT.reader()).toString(),
                  "flat-16"));
      served.opened().get(5, TimeUnit.MINUTES);
    }
  }

  @Test
  void versionIsOpenOnceAllOfItsModelsAre() throws Exception {
    try (ServedVersion served = served(CHECKPOINT)) {
      served.opened().get(5, TimeUnit.MINUTES);
      assertThat(served.isOpen()).isTrue();
      assertThat(served.whiteSpace())
          .isEqualTo(MODELS.whiteSpace(CHECKPOINT).get(5, TimeUnit.MINUTES));
    }
  }

  @Test
  void versionWithoutItsQueryTowerDoesNotOpen() {
    assertNeverOpens(
        new RetrieverCheckpoint(
            "t",
            CHECKPOINT.documentTower(),
            StampHarness.tower(GONE, "served: "),
            CHECKPOINT.reader(),
            CHECKPOINT.scoreScale(),
            null,
            null,
            null));
  }

  @Test
  void versionWithoutItsReaderDoesNotOpen() {
    ReaderPart reader = CHECKPOINT.reader();
    assertNeverOpens(
        new RetrieverCheckpoint(
            "t",
            CHECKPOINT.documentTower(),
            CHECKPOINT.queryTower(),
            new ReaderPart(
                GONE,
                reader.tokenizer(),
                reader.title(),
                reader.questionTokensMax(),
                reader.titleTokensMax(),
                reader.inputTokensMax(),
                reader.spanTokensMax(),
                reader.noAnswer()),
            CHECKPOINT.scoreScale(),
            null,
            null,
            null));
  }

  /** Its passages could not be told apart. */
  @Test
  void versionWithoutItsTokenizerDoesNotOpen() {
    EncoderTower tower = CHECKPOINT.documentTower();
    assertNeverOpens(
        new RetrieverCheckpoint(
            "t",
            new EncoderTower(
                tower.trunk(),
                GONE,
                null,
                tower.pooling(),
                tower.normalized(),
                tower.prefix(),
                tower.title(),
                tower.tokensMax()),
            CHECKPOINT.queryTower(),
            CHECKPOINT.reader(),
            CHECKPOINT.scoreScale(),
            null,
            null,
            null));
  }

  @Test
  void modelsStayOpenAsLongAsTheVersionIsServed() throws Exception {
    EncoderTower tower = StampHarness.tower(CHECKPOINT.documentTower().trunk(), "lease: ");
    RetrieverCheckpoint checkpoint =
        new RetrieverCheckpoint(
            "t",
            CHECKPOINT.documentTower(),
            tower,
            CHECKPOINT.reader(),
            CHECKPOINT.scoreScale(),
            null,
            null,
            null);
    ServedVersion served = served(checkpoint);
    served.opened().get(5, TimeUnit.MINUTES);
    Encoder first = encoder(tower);
    assertThat(encoder(tower)).isSameAs(first);
    served.close();
    assertThat(encoder(tower)).isNotSameAs(first);
  }

  /** Leases it for a moment. */
  private static Encoder encoder(EncoderTower tower) throws Exception {
    try (var lease = MODELS.encoder(tower)) {
      return lease.model().get(5, TimeUnit.MINUTES);
    }
  }

  private static void assertNeverOpens(RetrieverCheckpoint checkpoint) {
    try (ServedVersion served = served(checkpoint)) {
      assertThat(served.opened()).failsWithin(Duration.ofMinutes(5));
      assertThat(served.isOpen()).isFalse();
    }
  }

  private static ServedVersion served(RetrieverCheckpoint checkpoint) {
    return new ServedVersion(
        new VersionEntry(7, 5, VersionState.ACTIVE, true, checkpoint, null, Instant.EPOCH, null),
        MODELS,
        16);
  }
}
