package io.realmstream.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.encoder.Encoder;
import io.realmstream.model.onnx.SharedModels;
import io.realmstream.model.text.Tokenizer;
import io.realmstream.model.text.WhiteSpace;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.version.EncoderTower;
import io.realmstream.schemas.version.Part;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsTest {
  private static final RetrieverCheckpoint CHECKPOINT = DefaultCheckpoints.minilm();
  private static final Models MODELS = new Models(Path.of("target", "models").toString());

  @Test
  void allWhoLeaseOneTowerShareItsSession() throws Exception {
    Models others = new Models(Path.of("target", "models").toString());
    try (var one = MODELS.encoder(CHECKPOINT.documentTower());
        var other = others.encoder(CHECKPOINT.documentTower())) {
      assertThat(opened(other.model())).isSameAs(opened(one.model()));
    }
  }

  @Test
  void modelStaysOpenUntilTheLastLeaseEnds() throws Exception {
    EncoderTower tower = tower("stays open: ");
    var one = MODELS.encoder(tower);
    try (var other = MODELS.encoder(tower)) {
      Encoder before = opened(one.model());
      one.close();
      one.close();
      try (var next = MODELS.encoder(tower)) {
        assertThat(opened(next.model())).isSameAs(before);
      }
      assertThat(opened(other.model())).isSameAs(before);
    }
    try (var again = MODELS.encoder(tower)) {
      assertThat(opened(again.model())).isNotSameAs(opened(one.model()));
    }
  }

  @Test
  void operatorsOfOneConfigurationShareTheFilesOfThisMachine(@TempDir Path folder)
      throws Exception {
    Configuration settings =
        new Configuration().set(RealmOptions.MODEL_DIRECTORY, folder.toString());
    Models travelled = InstantiationUtil.clone(new Models(settings));
    assertThat(travelled.parts()).isSameAs(new Models(settings).parts());
  }

  @Test
  void anotherFolderOtherSourcesOrAnotherLimitAreFilesOfTheirOwn(@TempDir Path folder) {
    Configuration settings =
        new Configuration().set(RealmOptions.MODEL_DIRECTORY, folder.toString());
    List<Configuration> others =
        List.of(
            settings.clone().set(RealmOptions.MODEL_DIRECTORY, folder.resolve("b").toString()),
            settings.clone().set(RealmOptions.MODEL_SOURCES, List.of("https://models.example/")),
            settings.clone().set(RealmOptions.MODEL_BYTES_MAX, MemorySize.parse("1mb")));
    for (Configuration other : others) {
      assertThat(new Models(other).parts()).isNotSameAs(new Models(settings).parts());
    }
  }

  /** A checkpoint's file from anywhere else is not fetched. */
  @Test
  void sourceThatIsNotAllowedFailsTheLease(@TempDir Path folder) {
    Models models =
        new Models(
            new Configuration()
                .set(RealmOptions.MODEL_DIRECTORY, folder.toString())
                .set(RealmOptions.MODEL_SOURCES, List.of("https://models.example/")));
    try (var lease = models.encoder(tower("not allowed: "))) {
      assertThatThrownBy(() -> opened(lease.model())).hasMessageContaining("classpath:");
    }
  }

  @Test
  void whiteSpaceIsWhatBothTokenizersIgnore() throws Exception {
    WhiteSpace both = opened(MODELS.whiteSpace(CHECKPOINT));
    assertThat(both)
        .isEqualTo(
            of(CHECKPOINT.documentTower().tokenizer()).and(of(CHECKPOINT.reader().tokenizer())))
        .isNotEqualTo(WhiteSpace.NONE);
  }

  @Test
  void whiteSpaceOfATokenizerThatDoesNotOpenFails() {
    EncoderTower tower = CHECKPOINT.documentTower();
    EncoderTower broken =
        new EncoderTower(
            tower.trunk(),
            new Part("classpath:models/none.json", "0".repeat(64)),
            null,
            tower.pooling(),
            tower.normalized(),
            tower.prefix(),
            tower.title(),
            tower.tokensMax());
    RetrieverCheckpoint checkpoint =
        new RetrieverCheckpoint(
            "broken",
            broken,
            CHECKPOINT.queryTower(),
            CHECKPOINT.reader(),
            CHECKPOINT.scoreScale(),
            null,
            null,
            null);
    assertThat(MODELS.whiteSpace(checkpoint)).failsWithin(Duration.ofMinutes(5));
  }

  @Test
  void operatorKeepsTheFewModelsThatItUsedLast() throws Exception {
    Opened opened = new Opened();
    try (Models.InUse<Model> inUse = new Models.InUse<>()) {
      for (int i = 0; i < 4; i++) {
        opened.use(inUse, i);
      }
      opened.use(inUse, 0);
      assertThat(opened.all).hasSize(4).noneMatch(model -> model.closed);
      opened.use(inUse, 4);
      assertThat(opened.all)
          .extracting(model -> model.closed)
          .containsExactly(false, true, false, false, false);
    }
    assertThat(opened.all).allMatch(model -> model.closed);
  }

  @Test
  void modelThatFailedToOpenIsLeasedAnew() throws Exception {
    SharedModels<Model> shared = new SharedModels<>(warning -> {});
    try (Models.InUse<Model> inUse = new Models.InUse<>()) {
      Hash128 digest = Hash128.ofTexts("fails");
      List<SharedModels<Model>.Lease> leases = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        CompletableFuture<Model> failing =
            inUse.get(
                digest,
                () -> {
                  var lease =
                      shared.lease(
                          digest,
                          () -> {
                            throw new IllegalStateException("no memory");
                          });
                  leases.add(lease);
                  return lease;
                });
        assertThatThrownBy(() -> opened(failing)).hasMessageContaining("no memory");
      }
      assertThat(leases).hasSize(2);
    }
  }

  private static WhiteSpace of(Part tokenizer) throws Exception {
    try (Tokenizer open = Tokenizer.open(tokenizer, MODELS.parts())) {
      return open.whiteSpace();
    }
  }

  /** A tower of its own: models are shared in this JVM by all that says what they do. */
  private static EncoderTower tower(String prefix) {
    EncoderTower tower = CHECKPOINT.documentTower();
    return new EncoderTower(
        tower.trunk(),
        tower.tokenizer(),
        null,
        tower.pooling(),
        tower.normalized(),
        prefix,
        tower.title(),
        tower.tokensMax());
  }

  private static <T> T opened(CompletableFuture<T> model) throws Exception {
    return model.get(5, TimeUnit.MINUTES);
  }

  private static final class Model implements AutoCloseable {
    volatile boolean closed;

    @Override
    public void close() {
      closed = true;
    }
  }

  /** Models by number, in the order of their opening. */
  private static final class Opened {
    final List<Model> all = new ArrayList<>();
    private final SharedModels<Model> shared = new SharedModels<>(warning -> {});

    void use(Models.InUse<Model> inUse, int number) throws Exception {
      Hash128 digest = Hash128.ofTexts("" + number);
      Model model = opened(inUse.get(digest, () -> shared.lease(digest, Model::new)));
      if (!all.contains(model)) {
        all.add(model);
      }
    }
  }
}
