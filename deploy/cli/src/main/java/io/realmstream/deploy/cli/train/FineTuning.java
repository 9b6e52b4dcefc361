package io.realmstream.deploy.cli.train;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.console.Interruption;
import io.realmstream.deploy.cli.console.Progress;
import io.realmstream.deploy.cli.console.Streams;
import io.realmstream.deploy.cli.learn.corpus.Corpus.Passage;
import io.realmstream.deploy.cli.learn.corpus.CorpusOptions;
import io.realmstream.deploy.cli.learn.corpus.LearningData;
import io.realmstream.deploy.cli.models.PartFile;
import io.realmstream.model.encoder.Encoder;
import io.realmstream.model.onnx.TokenSequence;
import io.realmstream.model.onnx.file.OnnxWeights;
import io.realmstream.schemas.version.EncoderTower;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Trains the trunk of a checkpoint and writes it, in float and in int8. */
final class FineTuning {
  private static final int NAME_DIGITS = 16;

  private final RetrieverCheckpoint before;
  private final Path trunk;
  private final CorpusOptions files;
  private final TrainOptions options;

  /**
   * A trunk that was trained.
   *
   * @param losses of the steps, in nats
   */
  record Trained(OnnxWeights weights, List<Double> losses) {

    /**
     * Writes it in float and in int8. Files are named by their content: a later run must not change
     * the file of a published checkpoint.
     *
     * @return the file in int8
     */
    Path write(Path folder) throws IOException {
      Path partial = folder.resolve("trunk.partial");
      weights.write(partial);
      String name = "trunk-" + PartFile.sha256(partial).substring(0, NAME_DIGITS);
      Files.move(partial, folder.resolve(name + ".onnx"), StandardCopyOption.REPLACE_EXISTING);
      weights.writeInt8(partial);
      return Files.move(
          partial, folder.resolve(name + "-int8.onnx"), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /**
   * @param trunk that of the checkpoint, in float
   * @throws CommandFailure if its towers cannot be trained
   */
  FineTuning(RetrieverCheckpoint before, Path trunk, CorpusOptions files, TrainOptions options) {
    this.before = before;
    this.trunk = trunk;
    this.files = files;
    this.options = options;
    EncoderTower documents = before.documentTower();
    EncoderTower queries = before.queryTower();
    if (!Files.isRegularFile(trunk)) {
      throw CommandFailure.usage(
          "there is no trunk %s; `realm model install trainer` fetches that of MiniLM"
              .formatted(trunk));
    }
    if (queries.projection() != null || !queries.normalized()) {
      throw CommandFailure.usage(
          "only towers without a projection, of vectors of length 1, can be trained");
    }
    boolean isShared =
        documents.trunk().sha256().equals(queries.trunk().sha256())
            && documents.pooling() == queries.pooling()
            && documents.projection() == null
            && documents.normalized();
    if (options.towers() == Towers.BOTH && !isShared) {
      throw CommandFailure.usage("the towers do not share a trunk: use --towers query");
    }
  }

  /**
   * Trains.
   *
   * @param data in the checkpoint's vectors
   * @param lessons at least one
   */
  Trained run(Engine engine, LearningData data, List<Lesson> lessons, Streams streams)
      throws IOException {
    TrunkTraining.Setting setting = options.setting(lessons.size(), before.scoreScale());
    BertWeights weights = new BertWeights(trunk, OnnxWeights.read(trunk));
    try (NDManager manager = engine.newBaseManager();
        Encoder documents = open(before.documentTower());
        Encoder queries = open(before.queryTower());
        Bert bert =
            new BertFit(weights, before.queryTower().pooling(), manager)
                .open(List.of(documents, queries), sample(data, lessons))) {
      TrunkTraining training = new TrunkTraining(bert, engine, setting);
      TrunkTraining.Candidates candidates =
          options.towers() == Towers.BOTH
              ? training.learning(passage -> tokens(documents, data, passage))
              : TrunkTraining.frozen(data.passages()::get);
      List<Double> losses = new ArrayList<>();
      // native code must not be at work when the process ends
      try (Interruption interruption = Interruption.watch();
          Progress progress = Progress.on(streams, "training", "steps")) {
        training.run(
            new TrunkTraining.Course(lessons, each -> queries.tokensOfQuery(each.question())),
            candidates,
            (step, loss) -> {
              losses.add(loss);
              progress.update(step, setting.steps());
              if (interruption.requested()) {
                throw CommandFailure.failed("interrupted after step " + step);
              }
            });
      }
      return new Trained(weights.with(finite(bert.values())), losses);
    }
  }

  /** A tower over the trunk in float that takes as many tokens as are learned from. */
  private Encoder open(EncoderTower tower) throws IOException {
    return files.open(
        new EncoderTower(
            PartFile.of(trunk),
            tower.tokenizer(),
            null,
            tower.pooling(),
            tower.normalized(),
            tower.prefix(),
            tower.title(),
            Math.min(tower.tokensMax(), options.tokens())));
  }

  private static String sample(LearningData data, List<Lesson> lessons) {
    return data.corpus().passages().get(lessons.get(0).passages()[0]).text();
  }

  private static TokenSequence tokens(Encoder documents, LearningData data, int passage) {
    Passage text = data.corpus().passages().get(passage);
    return documents.tokensOfPassage(text.title(), text.text());
  }

  private static Map<String, float[]> finite(Map<String, float[]> values) {
    values.forEach(
        (name, elements) -> {
          for (float element : elements) {
            if (!Float.isFinite(element)) {
              throw CommandFailure.failed(
                  "%s has become %s; try a smaller --learning-rate".formatted(name, element));
            }
          }
        });
    return values;
  }
}
