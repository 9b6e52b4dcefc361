package io.realmstream.model.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.realmstream.model.checkpoint.CheckpointException;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.checkpoint.PartCache;
import io.realmstream.model.checkpoint.TestParts;
import io.realmstream.model.onnx.TinyModels;
import io.realmstream.model.onnx.TokenSequence;
import io.realmstream.model.onnx.file.OnnxGraph;
import io.realmstream.schemas.version.EncoderTower;
import io.realmstream.schemas.version.Part;
import io.realmstream.schemas.version.Pooling;
import io.realmstream.schemas.version.TitleForm;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Encoders over trunks that look vectors up by token id, so that every vector is known by hand. The
 * ids: [CLS] 101, [SEP] 102, a 1037, b 1038, c 1039.
 */
class TinyEncoderTest {
  private static final Part TOKENIZER = DefaultCheckpoints.e5().documentTower().tokenizer();

  private final Path directory;
  private final PartCache cache;

  TinyEncoderTest(@TempDir Path directory) {
    this.directory = directory;
    this.cache = TestParts.cache(directory.resolve("cache"));
  }

  /** The vector of id i is (i, 1). */
  private static float[][] identity() {
    float[][] rows = new float[TinyModels.VOCABULARY][];
    for (int id = 0; id < rows.length; id++) {
      rows[id] = new float[] {id, 1};
    }
    return rows;
  }

  @Test
  void meanIsOverAllTokensWithTheSpecialOnes() throws Exception {
    try (Encoder encoder = open(TinyModels.trunk(identity()), TitleForm.TEXT, 8)) {
      assertThat(encoder.dimension()).isEqualTo(2);
      assertThat(encoder.embedPassage("a", "b").vector())
          .containsExactly((101 + 1037 + 1038 + 102) / 4f, 1);
      assertThat(encoder.embedPassage("", "b").vector())
          .containsExactly((101 + 1038 + 102) / 3f, 1);
      assertThat(encoder.embedQuery("").vector()).containsExactly((101 + 102) / 2f, 1);
    }
  }

  @Test
  void titleStaysOutWhereTheTowerDoesNotTakeIt() throws Exception {
    try (Encoder encoder = open(TinyModels.trunk(identity()), TitleForm.NONE, 8)) {
      assertThat(encoder.embedPassage("a", "b").vector())
          .containsExactly((101 + 1038 + 102) / 3f, 1);
    }
  }

  @Test
  void bodyIsCutAtTheLimitAndTheVectorSaysSo() throws Exception {
    try (Encoder encoder = open(TinyModels.trunk(identity()), TitleForm.TEXT, 5)) {
      Embedding whole = encoder.embedPassage("a", "b c");
      Embedding cut = encoder.embedPassage("a", "b c b");

      assertThat(whole.truncated()).isFalse();
      assertThat(cut.truncated()).isTrue();
      assertThat(cut.vector()).isEqualTo(whole.vector());
    }
  }

  @Test
  void titleSegmentIsCutFirstAndLeavesTheRestToTheBody() throws Exception {
    try (Encoder encoder = open(TinyModels.trunk(identity()), TitleForm.SEGMENT, 6)) {
      Embedding whole = encoder.embedPassage("a", "b c");
      assertThat(whole.truncated()).isFalse();
      assertThat(whole.vector()).containsExactly((101 + 1037 + 102 + 1038 + 1039 + 102) / 6f, 1);

      Embedding cut = encoder.embedPassage("a a a a", "b");
      assertThat(cut.truncated()).isTrue();
      assertThat(cut.vector()).containsExactly((101 + 3 * 1037 + 102 + 102) / 6f, 1);

      assertThat(encoder.embedPassage("", "").vector()).containsExactly((101 + 102 + 102) / 3f, 1);
    }
  }

  @Test
  void tokensAreThoseThatTheTransformerGets() throws Exception {
    try (Encoder encoder = open(TinyModels.trunk(identity()), TitleForm.SEGMENT, 6)) {
      TokenSequence passage = encoder.tokensOfPassage("a", "b c b");
      assertThat(passage.ids()).containsExactly(101, 1037, 102, 1038, 1039, 102);
      assertThat(passage.segments()).containsExactly(0, 0, 0, 1, 1, 1);
      assertThat(encoder.tokensOfQuery("a b c a b").ids())
          .containsExactly(101, 1037, 1038, 1039, 1037, 102);
    }
  }

  @Test
  void prefixStandsBeforeTheText() throws Exception {
    EncoderTower plain = tower(write(TinyModels.trunk(identity())), null, TitleForm.TEXT, 8);
    EncoderTower tower =
        new EncoderTower(
            plain.trunk(), TOKENIZER, null, Pooling.MEAN, false, "c ", TitleForm.TEXT, 8);
    try (Encoder encoder = Encoder.open(tower, cache)) {
      assertThat(encoder.embedQuery("a").vector())
          .containsExactly((101 + 1039 + 1037 + 102) / 4f, 1);
      assertThat(encoder.countTokens("a b c")).isEqualTo(3);
    }
  }

  @Test
  void clsPoolingTakesTheFirstTokenAndNormalizationItsDirection() throws Exception {
    float[][] rows = identity();
    rows[101] = new float[] {3, 4};
    EncoderTower tower =
        new EncoderTower(
            write(TinyModels.trunk(rows)),
            TOKENIZER,
            null,
            Pooling.CLS,
            true,
            "",
            TitleForm.TEXT,
            8);
    try (Encoder encoder = Encoder.open(tower, cache)) {
      assertThat(encoder.embedQuery("a b").vector()).containsExactly(0.6f, 0.8f);
    }
  }

  /** (x, 1) times ((1, 0, 2), (0, 1, 3)) is (x, 1, 2 x + 3). */
  @Test
  void projectionIsAppliedToThePooledVector() throws Exception {
    Part head =
        TestParts.write(
            directory, "head.onnx", TinyModels.projection(new float[] {1, 0, 2, 0, 1, 3}, 2, 3));
    EncoderTower tower = tower(write(TinyModels.trunk(identity())), head, TitleForm.TEXT, 8);
    try (Encoder encoder = Encoder.open(tower, cache)) {
      assertThat(encoder.dimension()).isEqualTo(3);
      assertThat(encoder.embedQuery("a").vector())
          .containsExactly(1240 / 3f, 1, 2 * (1240 / 3f) + 3);
    }
  }

  @Test
  void projectionOfAnotherDimensionIsRefused() throws Exception {
    Part head = TestParts.write(directory, "head.onnx", TinyModels.projection(new float[9], 3, 3));
    EncoderTower tower = tower(write(TinyModels.trunk(identity())), head, TitleForm.TEXT, 8);

    refused(() -> Encoder.open(tower, cache), "head.onnx", "Expected: 3");
  }

  @Test
  void nanIsAnErrorOfTheText() throws Exception {
    float[][] rows = identity();
    rows[1039] = new float[] {Float.NaN, 1};
    rows[1038] = new float[] {Float.POSITIVE_INFINITY, 1};
    try (Encoder encoder = open(TinyModels.trunk(rows), TitleForm.TEXT, 8)) {
      for (String bad : new String[] {"c", "b"}) {
        assertThatThrownBy(() -> encoder.embedQuery(bad))
            .isInstanceOf(EmbeddingException.class)
            .hasMessageContaining("NaN or an infinity");
      }
      assertThat(encoder.embedQuery("a").vector()).hasSize(2);
    }
  }

  @Test
  void vectorWithoutDirectionCannotBeNormalized() throws Exception {
    float[][] rows = identity();
    rows[101] = new float[] {1, -1};
    rows[102] = new float[] {-1, 1};
    EncoderTower plain = tower(write(TinyModels.trunk(rows)), null, TitleForm.TEXT, 8);
    EncoderTower tower =
        new EncoderTower(plain.trunk(), TOKENIZER, null, Pooling.MEAN, true, "", TitleForm.TEXT, 8);
    try (Encoder encoder = Encoder.open(tower, cache)) {
      assertThatThrownBy(() -> encoder.embedQuery(""))
          .isInstanceOf(EmbeddingException.class)
          .hasMessageContaining("length 0");
    }
  }

  @Test
  void fileThatIsNoModelIsRefused() throws Exception {
    Part text = TestParts.write(directory, "text.onnx", "text".getBytes(StandardCharsets.UTF_8));

    refused(
        () -> Encoder.open(tower(text, null, TitleForm.TEXT, 8), cache),
        "text.onnx",
        "not a model");
  }

  @Test
  void modelOfAnotherShapeIsRefusedWithWhatItHas() {
    refused(
        () -> open(TinyModels.projection(new float[4], 2, 2), TitleForm.TEXT, 8),
        "input_ids",
        "it has inputs [x FLOAT[-1, 2]] and outputs [y FLOAT[-1, 2]]");
    refused(() -> open(TinyModels.reader(), TitleForm.TEXT, 8), "start_logits FLOAT[-1, -1]");
    OnnxGraph graph = TinyModels.tokens();
    graph.input("position_ids", OnnxGraph.INT64, OnnxGraph.ANY, OnnxGraph.ANY);
    graph.floats("table", new float[4], 2, 2);
    byte[] positions = TinyModels.rows(graph, 2);
    refused(() -> open(positions, TitleForm.TEXT, 8), "position_ids INT64[-1, -1]");
  }

  @Test
  void limitBeyondTheModelsPositionsIsRefused() {
    EncoderTower e5 = DefaultCheckpoints.e5().queryTower();
    EncoderTower tower =
        new EncoderTower(e5.trunk(), TOKENIZER, null, Pooling.MEAN, true, "", TitleForm.TEXT, 513);

    refused(() -> Encoder.open(tower, cache), "tokensMax = 513");
    refused(() -> Encoder.open(tower(e5.trunk(), null, TitleForm.TEXT, 3), cache), "at least 4");
  }

  /** Even to a file that is there: another part. */
  @Test
  void modelWithDataInAnotherFileIsRefused() throws Exception {
    Part other = TestParts.write(directory, "w.bin", new byte[8 * TinyModels.VOCABULARY]);
    cache.fetch(other);
    for (String location :
        new String[] {
          "../" + other.sha256() + "/part", cache.fetch(other).toAbsolutePath().toString(), "w.bin"
        }) {
      byte[] model = withTableIn(location);
      refused(() -> open(model, TitleForm.TEXT, 8), "xternal data");
    }
  }

  @Test
  void closedEncoderSaysSo() throws Exception {
    Encoder encoder = open(TinyModels.trunk(identity()), TitleForm.TEXT, 8);
    encoder.close();
    encoder.close();

    assertThatThrownBy(() -> encoder.embedQuery("a")).isInstanceOf(IllegalStateException.class);
  }

  /** A model whose table is in another file. */
  private static byte[] withTableIn(String location) throws Exception {
    OnnxGraph graph = TinyModels.tokens();
    graph.floats("table", new float[0], TinyModels.VOCABULARY, 2);
    ModelProto.Builder model = ModelProto.parseFrom(TinyModels.rows(graph, 2)).toBuilder();
    model
        .getGraphBuilder()
        .getInitializerBuilder(0)
        .clearRawData()
        .setDataLocation(TensorProto.DataLocation.EXTERNAL)
        .addExternalData(StringStringEntryProto.newBuilder().setKey("location").setValue(location));
    return model.build().toByteArray();
  }

  private static void refused(ThrowingCallable opening, String... why) {
    assertThatThrownBy(opening)
        .isInstanceOf(CheckpointException.class)
        .hasMessageContainingAll(why)
        .hasMessageNotContaining("\n");
  }

  private Encoder open(byte[] trunk, TitleForm title, int tokensMax) throws Exception {
    return Encoder.open(tower(write(trunk), null, title, tokensMax), cache);
  }

  private Part write(byte[] trunk) throws Exception {
    return TestParts.write(directory, "trunk.onnx", trunk);
  }

  private static EncoderTower tower(
      Part trunk, @Nullable Part projection, TitleForm title, int tokensMax) {
    return new EncoderTower(
        trunk, TOKENIZER, projection, Pooling.MEAN, false, "", title, tokensMax);
  }
}
