package io.realmstream.model.masked;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Sequences of one token a mask that are worth a look: of each candidate its most probable ones. A
 * candidate's masks are independent, so the best sequences begin with the best beginnings.
 */
final class TokenSequences {
  /** By log p descending, ties by smaller token ids. */
  private static final Comparator<Scored> BEST_FIRST =
      Comparator.comparingDouble(Scored::log)
          .reversed()
          .thenComparing((a, b) -> Arrays.compare(a.tokens, b.tokens));

  private TokenSequences() {}

  /**
   * One token for each mask, and their log p.
   *
   * @param tokens ids, one a mask
   */
  record Scored(int[] tokens, double log) {
    private Scored with(int token, double logToken) {
      int[] longer = Arrays.copyOf(tokens, tokens.length + 1);
      longer[tokens.length] = token;
      return new Scored(longer, log + logToken);
    }
  }

  /** The best of the scored ones, at most {@code count}. */
  static List<Scored> best(List<Scored> scored, int count) {
    return scored.stream().sorted(BEST_FIRST).limit(count).toList();
  }

  /** Ids by log p descending, ties by smaller id, at most {@code count}. */
  static int[] bestTokens(double[] logs, int count) {
    Comparator<Integer> worstFirst =
        Comparator.<Integer>comparingDouble(token -> logs[token])
            .thenComparing(Comparator.reverseOrder());
    PriorityQueue<Integer> best = new PriorityQueue<>(worstFirst);
    for (int token = 0; token < logs.length; token++) {
      best.add(token);
      if (best.size() > count) {
        best.remove();
      }
    }
    int[] tokens = new int[best.size()];
    for (int i = tokens.length - 1; i >= 0; i--) {
      tokens[i] = best.remove();
    }
    return tokens;
  }

  /** The union over the candidates of each one's best {@code count} sequences (spec rule A3). */
  static List<int[]> ofEachCandidate(MaskModel model, int count) {
    Set<List<Integer>> union = new LinkedHashSet<>();
    for (int z = 0; z < model.candidates(); z++) {
      List<Scored> own = model.isRead(z) ? ofCandidate(model, z, count) : List.of();
      for (Scored sequence : own) {
        union.add(Arrays.stream(sequence.tokens).boxed().toList());
      }
    }
    return union.stream()
        .map(tokens -> tokens.stream().mapToInt(Integer::intValue).toArray())
        .toList();
  }

  private static List<Scored> ofCandidate(MaskModel model, int candidate, int count) {
    List<Scored> beginnings = List.of(new Scored(new int[0], 0));
    for (int mask = 0; mask < model.masks(); mask++) {
      double[] logs = new double[model.vocabulary()];
      for (int token = 0; token < logs.length; token++) {
        logs[token] = model.logToken(candidate, mask, token);
      }
      List<Scored> longer = new ArrayList<>();
      for (int token : bestTokens(logs, count)) {
        beginnings.forEach(beginning -> longer.add(beginning.with(token, logs[token])));
      }
      beginnings = best(longer, count);
    }
    return beginnings;
  }
}
