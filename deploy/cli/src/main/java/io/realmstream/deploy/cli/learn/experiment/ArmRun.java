package io.realmstream.deploy.cli.learn.experiment;

import io.realmstream.deploy.cli.learn.corpus.FileRecall;
import io.realmstream.deploy.cli.learn.corpus.JudgedFile;
import io.realmstream.deploy.cli.learn.experiment.ExperimentReport.ArmCurve;
import io.realmstream.deploy.cli.learn.experiment.ExperimentReport.Point;
import io.realmstream.model.learning.TowerHeads;
import io.realmstream.model.learning.gate.ExactIndex;
import io.realmstream.model.learning.gate.Gate;
import io.realmstream.model.learning.gate.JudgedQuestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** An arm with one seed: the index that it serves, and what is found with it. */
final class ArmRun {
  /** At the end the index is projected once more, whatever the arm; this is not a step. */
  static final int END = Integer.MAX_VALUE;

  private static final long GATE_SEED = 1;

  private final Arm arm;
  private final int seed;
  private final Judging judging;
  private final List<Point> points = new ArrayList<>();

  /** Ranks of every file's questions by step. */
  private final Map<Integer, List<int[]>> ranks = new TreeMap<>();

  private ExactIndex served;

  /** What is searched, and for what. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Judging(
      List<float[]> passages, int[] documents, List<JudgedFile> files, Set<String> learnedFrom) {
    ExactIndex index(TowerHeads heads) {
      return ExactIndex.of(heads.document(), passages, documents);
    }
  }

  ArmRun(Arm arm, int seed, Judging judging, ExactIndex start) {
    this.arm = arm;
    this.seed = seed;
    this.judging = judging;
    this.served = start;
  }

  Arm arm() {
    return arm;
  }

  /** Whether the index of this step is asked before the next refresh. */
  boolean refreshes(int step, int nextMeasured) {
    return arm.refreshSteps() > 0
        && step % arm.refreshSteps() == 0
        && step + arm.refreshSteps() >= nextMeasured;
  }

  void serve(ExactIndex index) {
    served = index;
  }

  /** Asks all questions. */
  Point measure(int step, double loss, Training training) {
    List<int[]> found = new ArrayList<>();
    List<FileRecall> recall = new ArrayList<>();
    for (JudgedFile file : judging.files()) {
      int[] each = file.ranks(training.heads().query()::vector, served);
      found.add(each);
      recall.add(file.recall(each));
    }
    ranks.put(step, found);
    Point point = new Point(training.steps(), training.cpuSeconds(), loss, recall);
    points.add(point);
    return point;
  }

  /** The curve; the last measurement was that of the end. */
  ArmCurve curve() {
    int last = points.size() - 1;
    return new ArmCurve(
        arm.name(),
        seed,
        points.subList(0, last),
        points.get(last),
        Gate.judge(unseen(), GATE_SEED));
  }

  /** Questions of one file, as another arm and this one rank their documents at a step. */
  List<JudgedQuestion> against(ArmRun other, int file, int step) {
    return judging.files().get(file).compared(other.ranks(step).get(file), ranks(step).get(file));
  }

  private List<Gate.Asked> unseen() {
    List<Gate.Asked> asked = new ArrayList<>();
    for (int i = 0; i < judging.files().size(); i++) {
      JudgedFile file = judging.files().get(i);
      asked.add(
          new Gate.Asked(
              file.name(),
              file.compared(
                  ranks(0).get(i),
                  ranks(END).get(i),
                  group -> !judging.learnedFrom().contains(group))));
    }
    return asked;
  }

  private List<int[]> ranks(int step) {
    return ranks.getOrDefault(step, List.of());
  }
}
