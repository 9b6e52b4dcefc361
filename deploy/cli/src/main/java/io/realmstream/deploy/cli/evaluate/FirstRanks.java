package io.realmstream.deploy.cli.evaluate;

import io.realmstream.deploy.cli.evaluate.report.EvaluationReport.Retrieval;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** At which rank each question's first relevant passage came, and what follows from that. */
final class FirstRanks {
  private static final List<Integer> CUTS = List.of(1, 5, 20, 100);

  private final List<Integer> ranks = new ArrayList<>();

  /**
   * Counts a question.
   *
   * @param rank 1 = best; 0 = no relevant passage came
   */
  void add(int rank) {
    ranks.add(rank);
  }

  /**
   * Recall@k, the share of questions with a relevant passage among the first k, and MRR, the mean
   * of 1 / rank with 0 for what did not come.
   *
   * @param depth passages asked for; recall beyond is unknown and left out
   * @return null when no question tells what is relevant
   */
  @Nullable Retrieval measures(int depth) {
    if (ranks.isEmpty()) {
      return null;
    }
    Map<Integer, Double> recall = new TreeMap<>();
    for (int cut : CUTS) {
      if (cut <= depth) {
        recall.put(cut, mean(rank -> rank > 0 && rank <= cut ? 1 : 0));
      }
    }
    return new Retrieval(ranks.size(), recall, mean(rank -> rank > 0 ? 1.0 / rank : 0));
  }

  private double mean(IntToDoubleFunction value) {
    return ranks.stream().mapToDouble(value::applyAsDouble).average().orElse(0);
  }
}
