package io.realmstream.deploy.cli.learn.experiment;

import io.realmstream.deploy.cli.console.Progress;
import io.realmstream.deploy.cli.learn.experiment.ArmRun.Judging;
import io.realmstream.deploy.cli.learn.experiment.ExperimentReport.ArmCurve;
import io.realmstream.deploy.cli.learn.experiment.ExperimentReport.Difference;
import io.realmstream.deploy.cli.learn.experiment.Training.Material;
import io.realmstream.model.learning.TowerHeads;
import io.realmstream.model.learning.gate.Comparison;
import io.realmstream.model.learning.gate.ExactIndex;
import io.realmstream.model.learning.gate.JudgedQuestion;
import io.realmstream.model.learning.spectral.TrunkStatistics;
import java.util.ArrayList;
import java.util.List;

/**
 * Arms that start from the same heads and learn from the same batches. They differ in what is
 * learned and in how often the index that is asked is projected again. Arms that learn both sides
 * share their training, since only what they serve differs.
 */
final class Experiment {
  private static final double LEVEL = 0.95;

  private final Settings settings;
  private final Material material;
  private final Judging judging;
  private final TrunkStatistics statistics;
  private final List<ArmRun> runs = new ArrayList<>();

  /**
   * How to learn.
   *
   * @param rate learning rate, which falls to 0 over the second half of the steps
   * @param every steps between two measurements
   */
  record Settings(Start start, int dimension, int steps, double rate, int every) {
    double rate(int step) {
      return rate * Math.min(1, 2 * (1 - (double) step / (steps + 1)));
    }

    int nextMeasured(int step) {
      return Math.min(steps, (step / every + 1) * every);
    }
  }

  Experiment(Settings settings, Material material, Judging judging, TrunkStatistics statistics) {
    this.settings = settings;
    this.material = material;
    this.judging = judging;
    this.statistics = statistics;
  }

  /** Runs all arms with one seed. */
  void run(List<Arm> arms, int seed, Progress progress) {
    TowerHeads start = settings.start().heads(statistics, settings.dimension(), seed);
    Training before = new Training(material, start, false, seed);
    for (int step = 0; step < settings.start().steps(); step++) {
      before.step(settings.rate(0));
    }
    for (boolean frozen : new boolean[] {true, false}) {
      List<Arm> alike = arms.stream().filter(arm -> arm.frozen() == frozen).toList();
      if (!alike.isEmpty()) {
        train(new Training(material, start.copy(), frozen, seed), alike, seed, progress);
      }
    }
  }

  /** The curves so far. */
  List<ArmCurve> curves() {
    return runs.stream().map(ArmRun::curve).toList();
  }

  /** Each arm against the frozen one, at every step that was measured; none without that arm. */
  List<Difference> differences() {
    List<Difference> differences = new ArrayList<>();
    List<ArmRun> frozen = runs.stream().filter(run -> run.arm().frozen()).toList();
    if (frozen.isEmpty()) {
      return differences;
    }
    List<Arm> others =
        runs.stream().map(ArmRun::arm).filter(arm -> !arm.frozen()).distinct().toList();
    for (Arm arm : others) {
      List<ArmRun> same = runs.stream().filter(run -> run.arm().equals(arm)).toList();
      for (int file = 0; file < judging.files().size(); file++) {
        for (int step = settings.every(); step <= settings.steps(); step += settings.every()) {
          differences.add(difference(frozen, same, file, step));
        }
        differences.add(difference(frozen, same, file, ArmRun.END));
      }
    }
    return differences;
  }

  private Difference difference(List<ArmRun> frozen, List<ArmRun> others, int file, int step) {
    List<JudgedQuestion> questions = new ArrayList<>();
    for (int i = 0; i < others.size(); i++) {
      questions.addAll(others.get(i).against(frozen.get(i), file, step));
    }
    return new Difference(
        others.get(0).arm().name(),
        judging.files().get(file).name(),
        Math.min(step, settings.steps()),
        step == ArmRun.END,
        Comparison.of(questions, 1, LEVEL, 1).change());
  }

  private void train(Training training, List<Arm> arms, int seed, Progress progress) {
    ExactIndex start = judging.index(training.heads());
    List<ArmRun> own = arms.stream().map(arm -> new ArmRun(arm, seed, judging, start)).toList();
    own.forEach(run -> run.measure(0, 0, training));
    double loss = 0;
    for (int step = 1; step <= settings.steps(); step++) {
      loss = training.step(settings.rate(step));
      if (step % settings.every() == 0) {
        for (ArmRun run : own) {
          run.measure(step, loss, training);
        }
      }
      refresh(own, step, training);
      progress.update(step, settings.steps());
    }
    ExactIndex end = judging.index(training.heads());
    for (ArmRun run : own) {
      run.serve(end);
      run.measure(ArmRun.END, loss, training);
    }
    runs.addAll(own);
  }

  private void refresh(List<ArmRun> own, int step, Training training) {
    int next = settings.nextMeasured(step);
    List<ArmRun> due = own.stream().filter(run -> run.refreshes(step, next)).toList();
    if (!due.isEmpty()) {
      ExactIndex index = judging.index(training.heads());
      due.forEach(run -> run.serve(index));
    }
  }
}
