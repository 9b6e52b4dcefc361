package io.realmstream.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.model.checkpoint.CheckpointException;
import io.realmstream.model.checkpoint.PartCache;
import io.realmstream.model.checkpoint.TestParts;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaskedTokenModelTest {
  private final Path directory;
  private final PartCache cache;

  MaskedTokenModelTest(@TempDir Path directory) {
    this.directory = directory;
    this.cache = TestParts.cache(directory.resolve("cache"));
  }

  /** Tokens 7 8 8 9: token 8 is there twice, 7 stands before place 1 and 8 before place 3. */
  @Test
  void modelThatTakesPositionsIsGivenThem() throws Exception {
    try (MaskedTokenModel model = open(TinyModels.maskedReader())) {
      float[][] logits = model.run(tokens(7, 8, 8, 9), new long[] {1, 3});

      assertThat(logits).hasDimensions(2, TinyModels.VOCABULARY);
      assertThat(logits[0]).startsWith(0, 0, 0, 0, 0, 0, 0, 2, 2, 1, 0);
      assertThat(logits[1]).startsWith(0, 0, 0, 0, 0, 0, 0, 1, 3, 1, 0);
    }
  }

  @Test
  void ofAModelWithoutPositionsTheRowsOfTheMasksAreTaken() throws Exception {
    try (MaskedTokenModel model = open(TinyModels.trunk(new float[][] {{1, 2, 3}, {4, 5, 6}}))) {
      assertThat(model.run(tokens(0, 1, 0), new long[] {1, 2}))
          .isDeepEqualTo(new float[][] {{4, 5, 6}, {1, 2, 3}});
    }
  }

  @Test
  void modelWithoutOneOutputOverTheVocabularyIsRefusedWithWhatItHas() {
    assertThatThrownBy(() -> open(TinyModels.reader()))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContainingAll(
            "rank 3 (batch, tokens, vocabulary)", "start_logits FLOAT[-1, -1]");
  }

  @Test
  void modelWithoutIdsIsRefused() {
    byte[] model =
        TinyModels.scores(TinyModels.tokens("mask_positions"), "mask_positions", "logits");
    assertThatThrownBy(() -> open(model)).isInstanceOf(CheckpointException.class);
  }

  private MaskedTokenModel open(byte[] model) throws Exception {
    return MaskedTokenModel.open(TestParts.write(directory, "model.onnx", model), cache);
  }

  private static TokenSequence tokens(long... ids) {
    return new TokenSequence(8).add(ids, ids.length, 0);
  }
}
