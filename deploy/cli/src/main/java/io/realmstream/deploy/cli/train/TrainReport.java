package io.realmstream.deploy.cli.train;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.realmstream.model.learning.gate.Comparison;
import io.realmstream.model.learning.gate.JudgedQuestion;
import io.realmstream.model.learning.gate.Verdict;
import java.util.List;

/**
 * What was trained and how it was judged; its fields are those of the JSON. Shares are between 0
 * and 1.
 *
 * @param scoreScale fitted on the questions that judge
 */
record TrainReport(
    @JsonUnwrapped Setting setting,
    @JsonUnwrapped Course course,
    double scoreScale,
    List<FileChange> files,
    Verdict verdict) {

  /** What was trained, and how. */
  record Setting(
      String checkpoint,
      Towers towers,
      int lessons,
      int passages,
      int steps,
      int batch,
      double learningRate,
      long seed) {}

  /**
   * How it went.
   *
   * @param firstLoss mean of the first tenth of the steps, in nats
   * @param lastLoss mean of the last tenth
   * @param cpuSeconds of training, without embedding
   */
  record Course(double firstLoss, double lastLoss, double cpuSeconds) {
    private static final int TENTH = 10;

    /**
     * @param losses of all steps, at least one
     */
    static Course of(List<Double> losses, double cpuSeconds) {
      int count = Math.max(1, losses.size() / TENTH);
      return new Course(
          mean(losses.subList(0, count)),
          mean(losses.subList(losses.size() - count, losses.size())),
          cpuSeconds);
    }

    private static double mean(List<Double> losses) {
      return losses.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }
  }

  /**
   * The questions of a file: recall@1 and @5 with bounds of 95 %, drawn by article.
   *
   * @param frozen from before to the trained queries on the old index
   * @param refreshed from before to both as trained
   * @param gain from the trained queries on the old index to both as trained
   */
  record FileChange(
      String file,
      int questions,
      int groups,
      List<Comparison> frozen,
      List<Comparison> refreshed,
      List<Comparison> gain) {
    private static final double LEVEL = 0.95;

    static FileChange of(
        String file,
        List<JudgedQuestion> frozen,
        List<JudgedQuestion> refreshed,
        List<JudgedQuestion> gain) {
      return new FileChange(
          file,
          refreshed.size(),
          (int) refreshed.stream().map(JudgedQuestion::group).distinct().count(),
          comparisons(frozen),
          comparisons(refreshed),
          comparisons(gain));
    }

    private static List<Comparison> comparisons(List<JudgedQuestion> questions) {
      return List.of(Comparison.of(questions, 1, LEVEL, 1), Comparison.of(questions, 5, LEVEL, 1));
    }
  }
}
