package io.realmstream.model.marginal;

import io.realmstream.model.evaluation.AnswerText;
import io.realmstream.model.reader.PassageReading;
import io.realmstream.schemas.query.Decoding;
import io.realmstream.schemas.query.Normalization;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The Open-QA marginal written down as plainly as possible: every span is a record with its string,
 * every probability a quotient of sums of exp. Slow, and only for scores near zero.
 */
final class PlainMarginal {
  /** A span by its tokens and its characters. */
  record PlainSpan(
      int rank, int start, int tokens, int from, int to, String answer, double probability) {}

  static final Comparator<PlainSpan> BEST_FIRST =
      Comparator.comparingDouble((PlainSpan s) -> -s.probability)
          .thenComparingInt(s -> s.rank)
          .thenComparingInt(s -> s.tokens)
          .thenComparingInt(s -> s.start);

  final List<Candidate> ranked;
  final List<PlainSpan> spans = new ArrayList<>();
  final Map<String, Double> answers = new TreeMap<>();
  final double[] retrieval;
  final double[] marginals;
  double noAnswerMass;
  double emptySpanMass;

  PlainMarginal(List<Candidate> candidates, Normalization normalization) {
    ranked = new ArrayList<>(candidates);
    ranked.sort(
        Comparator.comparing((Candidate c) -> -c.score()).thenComparing(c -> c.uid().toString()));
    retrieval = new double[ranked.size()];
    marginals = new double[ranked.size()];
    double scores = ranked.stream().mapToDouble(c -> Math.exp(c.score())).sum();
    boolean paper =
        normalization == Normalization.PAPER || ranked.stream().noneMatch(PlainMarginal::hasSpans);
    double all = 0;
    for (Candidate candidate : ranked) {
      all += hasSpans(candidate) ? Math.exp(candidate.score()) * outcomes(candidate) : 0;
    }
    for (int z = 0; z < ranked.size(); z++) {
      Candidate candidate = ranked.get(z);
      retrieval[z] = Math.exp(candidate.score()) / scores;
      if (!hasSpans(candidate)) {
        marginals[z] = paper ? retrieval[z] : 0;
        noAnswerMass += marginals[z];
      } else {
        double factor =
            paper ? retrieval[z] / outcomes(candidate) : Math.exp(candidate.score()) / all;
        marginals[z] = factor * outcomes(candidate);
        noAnswerMass += factor * Math.exp(reading(candidate).noAnswerScore());
        addSpans(z, factor);
      }
    }
    for (PlainSpan span : spans) {
      if (span.answer.isEmpty()) {
        emptySpanMass += span.probability;
      } else {
        answers.merge(span.answer, span.probability, Double::sum);
      }
    }
  }

  /** Answer strings, best first. */
  List<String> order(Decoding decoding) {
    Comparator<String> byProbability = Comparator.comparing(y -> -probability(y));
    Comparator<String> byBestSpan = Comparator.comparing(this::bestSpan, BEST_FIRST);
    return answers.keySet().stream()
        .sorted(
            decoding == Decoding.MAX_SPAN ? byBestSpan : byProbability.thenComparing(byBestSpan))
        .toList();
  }

  double probability(String answer) {
    return Objects.requireNonNull(answers.get(answer));
  }

  PlainSpan bestSpan(String answer) {
    return spans.stream().filter(s -> s.answer.equals(answer)).min(BEST_FIRST).orElseThrow();
  }

  List<PlainSpan> spans(int rank, String answer) {
    return spans.stream()
        .filter(s -> s.rank == rank && s.answer.equals(answer))
        .sorted(BEST_FIRST)
        .toList();
  }

  static double sum(List<PlainSpan> spans) {
    return spans.stream().mapToDouble(PlainSpan::probability).sum();
  }

  private void addSpans(int rank, double factor) {
    PassageReading reading = reading(ranked.get(rank));
    for (int a = 0; a < reading.startScores().length; a++) {
      for (int b = a; b < reading.endScores().length; b++) {
        if (b - a + 1 <= reading.spanTokensMax()) {
          int from = reading.tokenStarts()[a];
          int to = reading.tokenEnds()[b];
          String answer = AnswerText.normalize(ranked.get(rank).body().substring(from, to));
          double probability = factor * weight(reading, a, b);
          spans.add(new PlainSpan(rank, a, b - a + 1, from, to, answer, probability));
        }
      }
    }
  }

  /** Sum over all spans of the passage and "no answer". */
  private static double outcomes(Candidate candidate) {
    PassageReading reading = reading(candidate);
    double sum = Math.exp(reading.noAnswerScore());
    for (int a = 0; a < reading.startScores().length; a++) {
      for (int b = a; b < reading.endScores().length; b++) {
        sum += b - a + 1 <= reading.spanTokensMax() ? weight(reading, a, b) : 0;
      }
    }
    return sum;
  }

  private static double weight(PassageReading reading, int a, int b) {
    return Math.exp((double) reading.startScores()[a] + (double) reading.endScores()[b]);
  }

  private static boolean hasSpans(Candidate candidate) {
    return candidate.reading() != null && reading(candidate).startScores().length > 0;
  }

  private static PassageReading reading(Candidate candidate) {
    return Objects.requireNonNull(candidate.reading());
  }
}
