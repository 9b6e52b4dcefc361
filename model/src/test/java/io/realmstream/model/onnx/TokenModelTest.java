package io.realmstream.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.model.checkpoint.CheckpointException;
import io.realmstream.model.checkpoint.PartCache;
import io.realmstream.model.checkpoint.TestParts;
import io.realmstream.model.onnx.file.OnnxGraph;
import io.realmstream.schemas.version.Part;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenModelTest {
  private static final String NEED =
      "needs int64 inputs input_ids, attention_mask, token_type_ids of rank 2 (batch, tokens) and ";

  private final Path directory;
  private final PartCache cache;

  TokenModelTest(@TempDir Path directory) {
    this.directory = directory;
    this.cache = TestParts.cache(directory.resolve("cache"));
  }

  @Test
  void trunkGivesOneRowAToken() throws Exception {
    try (TokenModel trunk = trunk(TinyModels.trunk(new float[][] {{1, 2}, {3, 4}}))) {
      TokenSequence tokens = new TokenSequence(8).add(0, 0).add(1, 0).add(1, 0);
      assertThat(trunk.run(tokens)).isDeepEqualTo(new float[][] {{1, 2, 3, 4, 3, 4}});
    }
  }

  @Test
  void scorerGivesTheOutputsInTheOrderAskedForWithIdsAndSegments() throws Exception {
    TokenSequence tokens = new TokenSequence(8).add(5, 0).add(6, 1).add(7, 1);
    try (TokenModel reader = scorer(TinyModels.reader(), "end_logits", "start_logits")) {
      assertThat(reader.run(tokens)).isDeepEqualTo(new float[][] {{0, 1, 1}, {5, 11, 18}});
    }
  }

  @Test
  void everyTokenIsInTheMask() throws Exception {
    byte[] model = TinyModels.scores(TinyModels.tokens(), "attention_mask", "scores");
    try (TokenModel scorer = scorer(model, "scores")) {
      TokenSequence tokens = new TokenSequence(8).add(0, 0).add(9, 1);
      assertThat(scorer.run(tokens)).isDeepEqualTo(new float[][] {{1, 1}});
    }
  }

  @Test
  void modelWithIdsAloneIsTaken() throws Exception {
    byte[] model = TinyModels.scores(TinyModels.tokens("input_ids"), "input_ids", "scores");
    try (TokenModel scorer = scorer(model, "scores")) {
      assertThat(scorer.run(new TokenSequence(8).add(5, 1))).isDeepEqualTo(new float[][] {{5}});
    }
  }

  @Test
  void modelWithoutIdsIsRefused() {
    byte[] model =
        TinyModels.scores(TinyModels.tokens("attention_mask"), "attention_mask", "scores");
    assertThatThrownBy(() -> scorer(model, "scores"))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining(NEED + "float outputs [scores] of rank 2 (batch, tokens); it has ");
  }

  @Test
  void modelWithAnInputThatNobodyFillsIsRefused() {
    OnnxGraph graph = TinyModels.tokens();
    graph.input("position_ids", OnnxGraph.INT64, OnnxGraph.ANY, OnnxGraph.ANY);
    byte[] model = TinyModels.scores(graph, "position_ids", "scores");
    assertThatThrownBy(() -> scorer(model, "scores"))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("position_ids INT64[-1, -1]");
  }

  @Test
  void trunkHasOneOutputOfThreeDimensions() {
    assertThatThrownBy(() -> trunk(TinyModels.reader()))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining(NEED + "one float output of rank 3 (batch, tokens, dimension); ");
  }

  @Test
  void scorerHasEveryOutputThatIsAskedFor() {
    assertThatThrownBy(() -> scorer(TinyModels.reader(), "start_logits", "other"))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("float outputs [start_logits, other] of rank 2");
  }

  private TokenModel trunk(byte[] model) throws Exception {
    return TokenModel.trunk(part(model), cache);
  }

  private TokenModel scorer(byte[] model, String... outputs) throws Exception {
    return TokenModel.scorer(part(model), cache, List.of(outputs));
  }

  private Part part(byte[] model) throws Exception {
    return TestParts.write(directory, "model.onnx", model);
  }
}
