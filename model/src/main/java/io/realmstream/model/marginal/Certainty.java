package io.realmstream.model.marginal;

import io.realmstream.model.reader.PassageReading;
import io.realmstream.schemas.query.Decoding;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Decides, while the passages of a question are read by rank, whether the answer is certain:
 * whether {@link OpenQa} is bound to give the same string when all are read. For PAPER alone, where
 * what one passage says changes nothing about the spans of another.
 *
 * <p>A passage that is not read yet can only add spans, which have p(z|x) together at most. With U
 * = the sum of p(z|x) over the unread passages, the answer y is certain when
 *
 * <pre>
 *   MARGINAL   p(y) - p(y') > U for every other string y', one that was not seen yet having 0
 *   MAX_SPAN   p(s) > p(z|x) of the next passage, for the best span s
 * </pre>
 *
 * "No answer" is certain only when all is read. Then so is everything.
 */
public final class Certainty {
  /**
   * More than sums of p(s|x) can be wrong by: each addition rounds by 1.1e-16 of the sum, and there
   * are at most some ten million spans.
   */
  private static final double ROUNDING = 1e-8;

  private final List<Candidate> ranked;
  private final List<Integer> places;
  private final Decoding decoding;
  private final double[] retrieval;
  private final double[] unread;
  private final AnswerStrings strings = new AnswerStrings();
  private int count;
  private double[] masses = {};
  private int leader = AnswerStrings.EMPTY;
  private double leaderMass;
  private double secondMass;
  private double bestSpan = Double.NEGATIVE_INFINITY;

  /**
   * @param ranked the candidates by rank
   * @param places which of them are to be read, ascending
   */
  public Certainty(List<Candidate> ranked, List<Integer> places, Decoding decoding) {
    this.ranked = List.copyOf(ranked);
    this.places = List.copyOf(places);
    this.decoding = decoding;
    retrieval = CandidateSet.logProbabilities(ranked);
    unread = new double[places.size() + 1];
    for (int i = places.size() - 1; i >= 0; i--) {
      unread[i] = unread[i + 1] + Math.exp(retrieval[places.get(i)]);
    }
  }

  /**
   * Takes the reading of the next passage.
   *
   * @throws IllegalArgumentException when a reader's score is NaN or infinite
   */
  public void add(PassageReading reading) {
    int place = places.get(count++);
    PassageSpans spans = new PassageSpans(ranked.get(place).read(reading), strings);
    double[] normalized = LogSumExp.normalized(spans.scores());
    int[] answers = spans.answers();
    if (masses.length < strings.size()) {
      masses = Arrays.copyOf(masses, 2 * strings.size());
    }
    for (int i = 0; i < answers.length; i++) {
      double log = retrieval[place] + normalized[i];
      masses[answers[i]] += Math.exp(log);
      if (answers[i] != AnswerStrings.EMPTY) {
        bestSpan = Math.max(bestSpan, log);
      }
    }
    for (int answer : answers) {
      rank(answer);
    }
  }

  /** Whether what is read so far decides which string is the answer. */
  public boolean isCertain() {
    if (count == places.size()) {
      return true;
    }
    return decoding == Decoding.MAX_SPAN
        ? bestSpan > retrieval[places.get(count)]
        : leaderMass - secondMass > unreadMass() + ROUNDING;
  }

  /** U: how much p(y|x) may be above what is known of it. */
  public double unreadMass() {
    return Math.min(1, unread[count]);
  }

  /** The same of any passages. */
  static double mass(double[] retrieval, Collection<Integer> places) {
    double mass = 0;
    for (int z = retrieval.length - 1; z >= 0; z--) {
      mass += places.contains(z) ? Math.exp(retrieval[z]) : 0;
    }
    return Math.min(1, mass);
  }

  /** Masses only grow, so a string whose mass has not changed takes no place from another. */
  private void rank(int answer) {
    if (answer == AnswerStrings.EMPTY) {
      return;
    }
    if (answer == leader) {
      leaderMass = masses[answer];
    } else if (masses[answer] > leaderMass) {
      secondMass = leaderMass;
      leader = answer;
      leaderMass = masses[answer];
    } else {
      secondMass = Math.max(secondMass, masses[answer]);
    }
  }
}
