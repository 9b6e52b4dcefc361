package io.realmstream.deploy.cli.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.model.encoder.Encoder;
import io.realmstream.model.onnx.file.OnnxWeights;
import io.realmstream.schemas.version.Pooling;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Eight towns, each asked for by a name of its own, with an encoder of random weights. */
class TrunkTrainingTest {
  private static final List<String> TOWNS =
      List.of("Rome", "Paris", "Berlin", "Madrid", "London", "Vienna", "Athens", "Oslo");

  private final Path folder;

  TrunkTrainingTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void learningRateRisesOverATenthAndFallsToNothing() {
    TrunkTraining.Setting setting = new TrunkTraining.Setting(100, 16, 1e-3, 20, 0);

    assertThat(setting.learningRate(1)).isCloseTo(1e-4f, within(1e-9f));
    assertThat(setting.learningRate(10)).isCloseTo(1e-3f, within(1e-9f));
    assertThat(setting.learningRate(55)).isBetween(4e-4f, 6e-4f);
    assertThat(setting.learningRate(100)).isBetween(0f, 2e-5f);
    assertThat(new TrunkTraining.Setting(1, 16, 1e-3, 20, 0).learningRate(1)).isEqualTo(1e-3f);
  }

  @Test
  @EnabledIfSystemProperty(named = "realm.trainer", matches = "true")
  void lossFallsAndRuntimeComputesWhatWasLearned() throws Exception {
    Path trunk = TinyTrunk.write(folder);
    try (NDManager manager = Torch.engine().newBaseManager();
        Encoder encoder = encoder(trunk);
        Bert bert = bert(trunk, encoder, manager)) {
      List<Double> losses = train(bert, encoder, setting(40, 20));

      assertThat(losses).hasSize(40);
      assertThat(losses.get(39)).isLessThan(.5 * losses.get(0));

      Path written = folder.resolve("trained.onnx");
      new BertWeights(trunk, OnnxWeights.read(trunk)).with(bert.values()).write(written);
      try (Encoder trained = encoder(written)) {
        assertThat(BertFit.difference(bert, trained, "Rome is a town")).isLessThan(1e-5);
        assertThat(BertFit.difference(bert, encoder, "Rome is a town"))
            .as("from the start")
            .isGreaterThan(.01);
      }
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "realm.trainer", matches = "true")
  void equalSeedsGiveEqualBits() throws Exception {
    assertThat(trained(1)).usingRecursiveComparison().isEqualTo(trained(1));
    assertThat(trained(1).values().iterator().next())
        .isNotEqualTo(trained(2).values().iterator().next());
  }

  @Test
  @EnabledIfSystemProperty(named = "realm.trainer", matches = "true")
  void indexThatIsFrozenDoesNotNeedToLearn() throws Exception {
    Path trunk = TinyTrunk.write(folder);
    try (NDManager manager = Torch.engine().newBaseManager();
        Encoder encoder = encoder(trunk);
        Bert bert = bert(trunk, encoder, manager)) {
      float[][] index = new float[TOWNS.size()][];
      for (int i = 0; i < index.length; i++) {
        index[i] = encoder.trunkOfPassage("", text(i)).pooled();
      }
      List<Double> losses = new ArrayList<>();
      new TrunkTraining(bert, Torch.engine(), setting(40, 20))
          .run(
              course(encoder),
              TrunkTraining.frozen(passage -> index[passage]),
              (step, loss) -> losses.add(loss));

      assertThat(losses.get(39)).isLessThan(.7 * losses.get(0));
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "realm.trainer", matches = "true")
  void lossThatIsNoNumberEndsTheTraining() throws Exception {
    Path trunk = TinyTrunk.write(folder);
    try (NDManager manager = Torch.engine().newBaseManager();
        Encoder encoder = encoder(trunk);
        Bert bert = bert(trunk, encoder, manager)) {
      assertThatThrownBy(() -> train(bert, encoder, setting(3, Double.NaN)))
          .isInstanceOf(CommandFailure.class)
          .hasMessage("step 1: the loss is NaN; try a smaller --learning-rate");
    }
  }

  private Map<String, float[]> trained(long seed) throws Exception {
    Path trunk = TinyTrunk.write(folder);
    try (NDManager manager = Torch.engine().newBaseManager();
        Encoder encoder = encoder(trunk);
        Bert bert = bert(trunk, encoder, manager)) {
      train(bert, encoder, new TrunkTraining.Setting(4, 4, 1e-2, 20, seed));
      return bert.values();
    }
  }

  private static TrunkTraining.Setting setting(int steps, double scale) {
    return new TrunkTraining.Setting(steps, TOWNS.size(), 1e-2, scale, 1);
  }

  private static List<Double> train(Bert bert, Encoder encoder, TrunkTraining.Setting setting)
      throws Exception {
    Engine engine = Torch.engine();
    List<Double> losses = new ArrayList<>();
    TrunkTraining training = new TrunkTraining(bert, engine, setting);
    training.run(
        course(encoder),
        training.learning(passage -> encoder.tokensOfPassage("", text(passage))),
        (step, loss) -> losses.add(loss));
    return losses;
  }

  private static TrunkTraining.Course course(Encoder encoder) {
    List<Lesson> lessons = new ArrayList<>();
    for (int i = 0; i < TOWNS.size(); i++) {
      lessons.add(new Lesson("number " + i, "towns", new int[] {i}));
    }
    return new TrunkTraining.Course(lessons, each -> encoder.tokensOfQuery(each.question()));
  }

  private static String text(int town) {
    return TOWNS.get(town) + " is a town on the coast.";
  }

  private Encoder encoder(Path trunk) throws Exception {
    return TinyTrunk.open(trunk, Pooling.MEAN, folder.resolve("cache"));
  }

  private static Bert bert(Path trunk, Encoder encoder, NDManager manager) throws Exception {
    BertWeights weights = new BertWeights(trunk, OnnxWeights.read(trunk));
    return new BertFit(weights, Pooling.MEAN, manager).open(List.of(encoder), "a town");
  }
}
