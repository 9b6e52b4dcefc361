package io.realmstream.deploy.cli.learn.experiment;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.realmstream.deploy.cli.learn.corpus.FileRecall;
import io.realmstream.model.learning.gate.Interval;
import io.realmstream.model.learning.gate.Verdict;
import java.util.List;

/**
 * What an experiment found; its fields are those of the JSON. Shares are between 0 and 1, times CPU
 * seconds of the learner's steps.
 */
record ExperimentReport(
    @JsonUnwrapped Setting setting, List<ArmCurve> curves, List<Difference> differences) {

  /**
   * What was measured.
   *
   * @param checkpoint whose trunks
   * @param pairs queries to learn from
   */
  record Setting(
      Start start,
      String checkpoint,
      int dimension,
      int steps,
      int batch,
      int passages,
      int pairs) {}

  /**
   * An arm with one seed.
   *
   * @param points by step, each with the index as old as it gets
   * @param end with an index of the last heads
   * @param verdict of the gate, on documents that were not learned from: the end against the start
   */
  record ArmCurve(String arm, int seed, List<Point> points, Point end, Verdict verdict) {}

  /**
   * @param loss of the last batch, in nats
   */
  record Point(int step, double cpuSeconds, double loss, List<FileRecall> recall) {}

  /**
   * How much higher recall@1 is than in the frozen arm, over all seeds.
   *
   * @param end whether every index was projected once more before
   * @param at1 with bounds of 95 %, drawn by document
   */
  record Difference(String arm, String file, int step, boolean end, Interval at1) {
    /** The step, or that it is the end. */
    String when() {
      return end ? "end" : Integer.toString(step);
    }
  }
}
