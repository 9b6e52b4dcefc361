package io.realmstream.deploy.cli.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.learn.corpus.CorpusOptions;
import io.realmstream.deploy.cli.models.PartFile;
import io.realmstream.model.onnx.file.OnnxWeights;
import io.realmstream.schemas.version.Part;
import io.realmstream.schemas.version.Pooling;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class FineTuningTest {
  private final Path folder;
  private final Path trunk;
  private final RetrieverCheckpoint shared;

  FineTuningTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    trunk = TinyTrunk.write(folder);
    shared = TinyTrunk.checkpoint(trunk, Pooling.MEAN);
  }

  @Command
  private static final class Host implements Runnable {
    @Mixin private final CorpusOptions files = new CorpusOptions();
    @Mixin private final TrainOptions options = new TrainOptions();

    @Override
    public void run() {}
  }

  @Test
  void towersOfTheirOwnCannotBeTrainedAtOnce() throws IOException {
    RetrieverCheckpoint cls = TinyTrunk.checkpoint(trunk, Pooling.CLS);
    RetrieverCheckpoint apart =
        shared.with(shared.documentTower(), cls.queryTower(), shared.scoreScale());

    assertThat(tuning(shared, "both")).isNotNull();
    assertThat(tuning(apart, "query")).isNotNull();
    assertThatThrownBy(() -> tuning(apart, "both"))
        .isInstanceOf(CommandFailure.class)
        .hasMessage("the towers do not share a trunk: use --towers query");
  }

  @Test
  void towerWithAProjectionIsRefused() throws IOException {
    Part head = PartFile.of(Files.writeString(folder.resolve("head"), "head"));
    RetrieverCheckpoint projected =
        shared.with(shared.documentTower().with(head), shared.queryTower().with(head), 20);
    assertThatThrownBy(() -> tuning(projected, "query"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("only towers without a projection");
  }

  @Test
  void trunkIsWrittenTwiceUnderTheNameOfItsContent() throws IOException {
    OnnxWeights weights = OnnxWeights.read(trunk);
    Path int8 = new FineTuning.Trained(weights, List.of(1.0)).write(folder);

    String name = "trunk-" + PartFile.sha256(trunk).substring(0, 16);
    assertThat(int8).isEqualTo(folder.resolve(name + "-int8.onnx")).exists();
    assertThat(OnnxWeights.read(folder.resolve(name + ".onnx")).names()).isEqualTo(weights.names());
    assertThat(folder.resolve("trunk.partial")).doesNotExist();
  }

  private FineTuning tuning(RetrieverCheckpoint checkpoint, String towers) {
    Host host = new Host();
    new CommandLine(host)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs("--documents", "none", "--towers", towers);
    return new FineTuning(checkpoint, trunk, host.files, host.options);
  }
}
