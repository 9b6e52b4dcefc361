package io.realmstream.model.evaluation;

import java.util.List;
import org.apache.commons.math3.stat.ranking.NaNStrategy;
import org.apache.commons.math3.stat.ranking.NaturalRanking;
import org.apache.commons.math3.stat.ranking.TiesStrategy;
import org.jspecify.annotations.Nullable;

/**
 * The area under the ROC curve: how often a right answer is more probable than a wrong one. Equal
 * probabilities count half.
 */
public final class RocArea {
  private RocArea() {}

  /** Null unless there are both right and wrong answers. */
  public static @Nullable Double of(List<JudgedAnswer> answers) {
    double right = answers.stream().filter(JudgedAnswer::right).count();
    double wrong = answers.size() - right;
    if (right == 0 || wrong == 0) {
      return null;
    }
    double[] probabilities = answers.stream().mapToDouble(JudgedAnswer::probability).toArray();
    double[] ranks =
        new NaturalRanking(NaNStrategy.FAILED, TiesStrategy.AVERAGE).rank(probabilities);
    double sum = 0;
    for (int i = 0; i < ranks.length; i++) {
      sum += answers.get(i).right() ? ranks[i] : 0;
    }
    return (sum - right * (right + 1) / 2) / (right * wrong);
  }
}
