package io.realmstream.deploy.cli.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import io.realmstream.model.encoder.Encoder;
import io.realmstream.model.onnx.TokenSequence;
import io.realmstream.model.onnx.file.OnnxWeights;
import io.realmstream.schemas.version.Pooling;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The forward pass against ONNX Runtime, on an encoder of random weights. */
@EnabledIfSystemProperty(named = "realm.trainer", matches = "true")
class BertTest {
  private static final String TEXT = "the harbour of Aldby freezes in cold winters, ships or not";

  private final Path folder;

  BertTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @EnumSource
  void outputsAreThoseOfOnnxRuntime(Pooling pooling) throws Exception {
    Path trunk = TinyTrunk.write(folder);
    try (NDManager manager = Torch.engine().newBaseManager();
        Encoder runtime = TinyTrunk.open(trunk, pooling, folder.resolve("cache"));
        Bert bert = fit(trunk, pooling, manager).open(List.of(runtime), TEXT)) {
      assertThat(BertFit.difference(bert, runtime, "another text")).isLessThan(1e-5);
    }
  }

  @Test
  void shortTextGivesTheSameBesideALongOne() throws Exception {
    Path trunk = TinyTrunk.write(folder);
    try (NDManager manager = Torch.engine().newBaseManager();
        Encoder runtime = TinyTrunk.open(trunk, Pooling.MEAN, folder.resolve("cache"));
        Bert bert = fit(trunk, Pooling.MEAN, manager).open(List.of(runtime), TEXT)) {
      TokenSequence brief = runtime.tokensOfQuery("ice");
      float[] alone = bert.vectors(List.of(brief), manager).toFloatArray();
      float[] beside =
          bert.vectors(List.of(brief, runtime.tokensOfQuery(TEXT)), manager).toFloatArray();

      float[] expected = runtime.embedQuery("ice").vector();
      for (int i = 0; i < alone.length; i++) {
        assertThat(alone[i]).isCloseTo(expected[i], within(1e-5f));
        assertThat(beside[i]).isCloseTo(expected[i], within(1e-5f));
      }
    }
  }

  private static BertFit fit(Path trunk, Pooling pooling, NDManager manager) throws Exception {
    return new BertFit(new BertWeights(trunk, OnnxWeights.read(trunk)), pooling, manager);
  }
}
