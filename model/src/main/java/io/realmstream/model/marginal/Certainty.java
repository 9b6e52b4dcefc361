package io.realmstream.model.marginal;

import io.realmstream.model.reader.PassageReading;
import io.realmstream.schemas.query.AnswerThresholds;
import io.realmstream.schemas.query.Decoding;
import io.realmstream.schemas.query.QueryOptions;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Decides, while the passages of a question are read by rank, whether the answer is certain:
 * whether {@link OpenQa} is bound to give the same string when all are read. Only for PAPER, where
 * one passage does not change the spans of another.
 *
 * <p>A passage that is not read yet can only add spans, which have p(z|x) together at most. With U
 * = the sum of p(z|x) over the unread passages, the answer y is certain when
 *
 * <pre>
 *   MARGINAL   p(y) - p(y') > U for every other string y', one that was not seen yet having 0
 *   MAX_SPAN   p(s) > p(z|x) of the next passage, for the best span s
 * </pre>
 *
 * That no span is an answer is certain only when all passages are read. Then everything is.
 *
 * <p>With thresholds, it must also be certain whether the answer is withheld. Let m be the
 * no-answer mass of the passages that are read and of those that are not to be read. m and each
 * p(y) can only grow, by U at most:
 *
 * <pre>
 *   withheld   m &gt; noAnswerMassMax, or p(y) + U &lt; probabilityMin for every string y
 *   answered   m + U &lt; noAnswerMassMax and p(y) &gt; probabilityMin for the y that is certain
 * </pre>
 *
 * <p>Once it is certain that the answer is withheld, the answer itself need not be certain: it may
 * differ from that of all passages.
 */
public final class Certainty {
  /**
   * More than sums of p(s|x) can be wrong by: each addition rounds by 1.1e-16 of the sum, and there
   * are at most some ten million spans.
   */
  private static final double ROUNDING = 1e-8;

  private final List<Candidate> ranked;
  private final List<Integer> places;
  private final QueryOptions options;
  private final double[] retrieval;
  private final double[] unread;
  private final AnswerStrings strings = new AnswerStrings();
  private int count;
  private double[] masses = {};
  private int leader = AnswerStrings.EMPTY;
  private double leaderMass;
  private double secondMass;
  private double bestSpan = Double.NEGATIVE_INFINITY;
  private int bestSpanAnswer = AnswerStrings.EMPTY;
  private double noAnswerMass;

  /**
   * @param ranked the candidates by rank
   * @param places which of them are to be read, ascending
   * @param options decoding and thresholds
   */
  public Certainty(List<Candidate> ranked, List<Integer> places, QueryOptions options) {
    this.ranked = List.copyOf(ranked);
    this.places = List.copyOf(places);
    this.options = options;
    retrieval = CandidateSet.logProbabilities(ranked);
    unread = new double[places.size() + 1];
    for (int i = places.size() - 1; i >= 0; i--) {
      unread[i] = unread[i + 1] + Math.exp(retrieval[places.get(i)]);
    }
    for (int z = 0; z < retrieval.length; z++) {
      noAnswerMass += this.places.contains(z) ? 0 : Math.exp(retrieval[z]);
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
      if (answers[i] != AnswerStrings.EMPTY && log > bestSpan) {
        bestSpan = log;
        bestSpanAnswer = answers[i];
      }
    }
    noAnswerMass += Math.exp(retrieval[place] + normalized[spans.count()]);
    for (int answer : answers) {
      rank(answer);
    }
  }

  /**
   * Whether the passages read so far decide which string is the answer, or that it is withheld. The
   * first passage is always read.
   */
  public boolean isCertain() {
    return count == places.size()
        || (count > 0 && (isWithheld() || (isLeaderCertain() && isAnswered())));
  }

  private boolean isLeaderCertain() {
    return options.decoding() == Decoding.MAX_SPAN
        ? bestSpan > retrieval[places.get(count)]
        : leaderMass - secondMass > unreadMass() + ROUNDING;
  }

  /** Whether the answer, whichever it is, will be withheld after all readings. */
  private boolean isWithheld() {
    AnswerThresholds thresholds = options.thresholds();
    Double most = thresholds.noAnswerMassMax();
    Double least = thresholds.probabilityMin();
    return (most != null && noAnswerMass > most + ROUNDING)
        || (least != null && leaderMass + unreadMass() < least - ROUNDING);
  }

  /** Whether the leading answer will not be withheld after all readings. */
  private boolean isAnswered() {
    AnswerThresholds thresholds = options.thresholds();
    Double most = thresholds.noAnswerMassMax();
    Double least = thresholds.probabilityMin();
    boolean isMaxSpan = options.decoding() == Decoding.MAX_SPAN;
    double mass = isMaxSpan ? masses[bestSpanAnswer] : leaderMass;
    return (most == null || most == 1 || noAnswerMass + unreadMass() < most - ROUNDING)
        && (least == null || least == 0 || mass > least + ROUNDING);
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
