package io.realmstream.deploy.cli.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.model.encoder.Encoder;
import io.realmstream.model.onnx.file.OnnxWeights;
import io.realmstream.schemas.version.Pooling;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

@EnabledIfSystemProperty(named = "realm.trainer", matches = "true")
class BertFitTest {
  private static final String TEXT = "the harbour of Aldby freezes in cold winters, ships or not";

  private final Path folder;

  BertFitTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** Four heads of four elements: neither of the sizes that are tried first. */
  @Test
  void numberOfHeadsIsFoundByTheOutputs() throws Exception {
    Path trunk = TinyTrunk.write(folder);
    BertWeights weights = new BertWeights(trunk, OnnxWeights.read(trunk));
    try (NDManager manager = Torch.engine().newBaseManager();
        Encoder runtime = TinyTrunk.open(trunk, Pooling.MEAN, folder.resolve("cache"));
        Bert wrong = new Bert(weights, TinyTrunk.HIDDEN / 2, Pooling.MEAN, manager);
        Bert right = new BertFit(weights, Pooling.MEAN, manager).open(List.of(runtime), TEXT)) {
      assertThat(BertFit.difference(wrong, runtime, TEXT)).isGreaterThan(1e-3);
      assertThat(BertFit.difference(right, runtime, TEXT)).isLessThan(1e-5);
    }
  }

  @Test
  void trunkThatComputesSomethingElseIsRefused() throws Exception {
    Path trunk = TinyTrunk.write(folder);
    OnnxWeights other =
        OnnxWeights.read(trunk)
            .with(Map.of("encoder.layer.1.output.dense.bias", new float[TinyTrunk.HIDDEN]));
    try (NDManager manager = Torch.engine().newBaseManager();
        Encoder runtime = TinyTrunk.open(trunk, Pooling.MEAN, folder.resolve("cache"))) {
      BertFit fit = new BertFit(new BertWeights(trunk, other), Pooling.MEAN, manager);
      assertThatThrownBy(() -> fit.open(List.of(runtime), TEXT))
          .isInstanceOf(CommandFailure.class)
          .hasMessageContaining("no BERT as it is trained here");
    }
  }
}
