package io.realmstream.model.marginal;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * What all spans of equal string amount to: per answer string its log p(y|x) (spec rule B3) and its
 * best span (rule B5). Arrays are indexed by the string's number in {@link AnswerStrings}.
 *
 * @param logProbabilities log p(y|x); -infinity for a string that no span has
 * @param best log p(s|x) of the best span
 * @param bestPassage rank of that span's passage, from 0
 * @param bestSpan its index in the passage
 */
record AnswerTable(double[] logProbabilities, double[] best, int[] bestPassage, int[] bestSpan) {

  static AnswerTable of(SpanModel model) {
    int size = model.strings().size();
    AnswerTable table =
        new AnswerTable(new double[size], new double[size], new int[size], new int[size]);
    table.findBest(model);
    table.sumUp(model);
    return table;
  }

  /** Strings by probability, the most probable one first; without the empty string. */
  List<Integer> top(int count, double[] keys) {
    // Passages come by rank and spans shorter first, so "earlier" is rule B5's order of ties.
    Comparator<Integer> order =
        Comparator.<Integer>comparingDouble(answer -> -keys[answer])
            .thenComparingInt(answer -> bestPassage[answer])
            .thenComparingInt(answer -> bestSpan[answer]);
    PriorityQueue<Integer> worstFirst = new PriorityQueue<>(order.reversed());
    for (int answer = AnswerStrings.EMPTY + 1; answer < keys.length; answer++) {
      if (keys[answer] == Double.NEGATIVE_INFINITY) {
        continue;
      }
      if (worstFirst.size() < count || keys[answer] >= keys[worstFirst.element()]) {
        worstFirst.add(answer);
      }
      if (worstFirst.size() > count) {
        worstFirst.remove();
      }
    }
    return worstFirst.stream().sorted(order).toList();
  }

  private void findBest(SpanModel model) {
    Arrays.fill(best, Double.NEGATIVE_INFINITY);
    for (int z = 0; z < model.passages().length; z++) {
      int[] answers = model.passages()[z].answers();
      for (int i = 0; i < answers.length; i++) {
        double log = model.logProbability(z, i);
        if (log > best[answers[i]]) {
          best[answers[i]] = log;
          bestPassage[answers[i]] = z;
          bestSpan[answers[i]] = i;
        }
      }
    }
  }

  /** LSE per string: the maximum of each is that of its best span. */
  private void sumUp(SpanModel model) {
    for (int z = 0; z < model.passages().length; z++) {
      int[] answers = model.passages()[z].answers();
      for (int i = 0; i < answers.length; i++) {
        logProbabilities[answers[i]] += Math.exp(model.logProbability(z, i) - best[answers[i]]);
      }
    }
    for (int answer = 0; answer < best.length; answer++) {
      logProbabilities[answer] = best[answer] + Math.log(logProbabilities[answer]);
    }
  }
}
