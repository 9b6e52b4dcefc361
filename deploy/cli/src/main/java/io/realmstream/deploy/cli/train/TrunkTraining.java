package io.realmstream.deploy.cli.train;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.model.onnx.TokenSequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.IntFunction;

/** Trains a BERT on lessons, step by step. Equal seeds give equal steps. */
final class TrunkTraining {
  private final Bert bert;
  private final Engine engine;
  private final Setting setting;
  private final Optimizer adam;

  /**
   * How it is trained.
   *
   * @param batch lessons in a step
   * @param learningRate the highest: it rises over the first tenth of the steps, then falls to 0
   * @param scale of f(x,z) = scale * (q . e)
   */
  record Setting(int steps, int batch, double learningRate, double scale, long seed) {
    private static final int WARM_UP_SHARE = 10;

    /**
     * @param step from 1
     */
    float learningRate(int step) {
      double warmUp = Math.max(1, steps / WARM_UP_SHARE);
      double share =
          step < warmUp ? step / warmUp : (steps + 1 - step) / Math.max(1, steps + 1 - warmUp);
      return (float) (learningRate * Math.max(0, share));
    }
  }

  /**
   * What is learned from.
   *
   * @param lessons at least one; they come again when all had their turn
   * @param tokens of a lesson's question
   */
  record Course(List<Lesson> lessons, Function<Lesson, TokenSequence> tokens) {}

  /** Vectors of the candidates of a batch, {@code [passages, dimension]}, of length 1. */
  interface Candidates {
    NDArray vectors(int[] passages, NDManager within);
  }

  /** Hears what each step's loss was. */
  interface Listener {
    void stepped(int step, double loss);
  }

  TrunkTraining(Bert bert, Engine engine, Setting setting) {
    this.bert = bert;
    this.engine = engine;
    this.setting = setting;
    Tracker rate = setting::learningRate;
    this.adam = Optimizer.adam().optLearningRateTracker(rate).build();
    bert.parameters().values().forEach(each -> each.setRequiresGradient(true));
  }

  /** Candidates that learn, too. */
  Candidates learning(IntFunction<TokenSequence> tokens) {
    return (passages, within) -> {
      List<TokenSequence> texts = new ArrayList<>();
      for (int passage : passages) {
        texts.add(tokens.apply(passage));
      }
      return bert.vectors(texts, within);
    };
  }

  /** Candidates of an index that stays as it is. */
  static Candidates frozen(IntFunction<float[]> vectors) {
    return (passages, within) -> {
      float[][] rows = new float[passages.length][];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = vectors.apply(passages[i]);
      }
      NDArray all = within.create(rows);
      return all.div(all.norm(new int[] {1}, true));
    };
  }

  /**
   * Trains.
   *
   * @throws CommandFailure at the first loss that is not finite
   */
  void run(Course course, Candidates candidates, Listener listener) {
    Random random = new Random(setting.seed());
    int step = 0;
    while (step < setting.steps()) {
      for (LessonBatch batch : LessonBatch.of(course.lessons(), setting.batch(), random)) {
        if (step == setting.steps()) {
          return;
        }
        step++;
        List<TokenSequence> questions = batch.lessons().stream().map(course.tokens()).toList();
        double loss = step(batch, questions, candidates);
        if (!Double.isFinite(loss)) {
          throw CommandFailure.failed(
              "step %d: the loss is %s; try a smaller --learning-rate".formatted(step, loss));
        }
        listener.stepped(step, loss);
      }
    }
  }

  private double step(LessonBatch batch, List<TokenSequence> questions, Candidates candidates) {
    try (NDManager within = bert.newManager()) {
      double loss;
      try (GradientCollector gradients = engine.newGradientCollector()) {
        NDArray queries = bert.vectors(questions, within);
        NDArray passages = candidates.vectors(batch.passages(), within);
        NDArray accepted =
            within.create(
                batch.accepted(), new Shape(batch.lessons().size(), batch.passages().length));
        NDArray mean = MarginalLoss.of(queries, passages, accepted, setting.scale());
        loss = mean.getFloat();
        gradients.backward(mean);
      }
      bert.parameters().forEach(this::update);
      return loss;
    }
  }

  private void update(String name, NDArray weight) {
    try (NDArray gradient = weight.getGradient()) {
      adam.update(name, weight, gradient);
      gradient.muli(0); // else the next step's would be added to it
    }
  }
}
