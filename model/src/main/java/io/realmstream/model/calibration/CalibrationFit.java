package io.realmstream.model.calibration;

import io.realmstream.model.evaluation.JudgedAnswer;
import io.realmstream.model.marginal.Scaling;
import io.realmstream.model.marginal.ScoredQuestion;
import io.realmstream.schemas.query.AnswerThresholds;
import io.realmstream.schemas.version.ConfidenceCurve;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Calibrates a checkpoint on questions whose answers are known: the scaling first, then thresholds
 * and the confidence of answers at that scaling. How good that is, is measured by cross-validation:
 * each of {@value #FOLDS} folds is judged by a fit on the others.
 */
public final class CalibrationFit {
  public static final int FOLDS = 5;
  public static final int QUESTIONS_MIN = 100;
  private static final int KIND_MIN = 10;

  /** Digits of a fitted factor; the data do not decide more. */
  private static final MathContext DIGITS = new MathContext(4);

  private final List<ScoredQuestion> questions;
  private final Scaling start;
  private final ThresholdRule rule;
  private final double keep;

  /**
   * A calibration, and how good it is.
   *
   * @param before measures of p(y|x) with the checkpoint's scaling
   * @param fitted measures of the confidence, on the questions of the fit
   * @param heldOut measures of the confidence, on questions that were not fitted on
   * @param withheld what the thresholds withhold, on questions that they were not fitted on
   */
  public record Result(
      Scaling scaling,
      AnswerThresholds thresholds,
      ConfidenceCurve confidence,
      Measures before,
      Measures fitted,
      Measures heldOut,
      Withheld withheld) {}

  /**
   * @param questions in any order
   * @param start scaling of the checkpoint
   * @param rule which thresholds to fit
   * @param keep share of the right answers that the thresholds must keep
   */
  public CalibrationFit(
      List<ScoredQuestion> questions, Scaling start, ThresholdRule rule, double keep) {
    this.questions = List.copyOf(questions);
    this.start = start;
    this.rule = rule;
    this.keep = keep;
  }

  /** Why nothing can be fitted, in one line; null = it can. */
  public @Nullable String refusal() {
    List<JudgedAnswer> answers = judged(questions, start);
    long right = answers.stream().filter(JudgedAnswer::right).count();
    long wrong = answers.size() - right;
    if (answers.size() < QUESTIONS_MIN) {
      return "%d questions that got an answer are too few: at least %d are needed"
          .formatted(answers.size(), QUESTIONS_MIN);
    }
    if (right < KIND_MIN) {
      return "%d of %d answers are right, and at least %d must be: are these questions on other documents?"
          .formatted(right, answers.size(), KIND_MIN);
    }
    if (wrong < KIND_MIN) {
      return "%d of %d answers are wrong, and at least %d must be, or nothing tells how sure to be"
          .formatted(wrong, answers.size(), KIND_MIN);
    }
    return null;
  }

  /**
   * Fits.
   *
   * @param seed of the folds
   * @throws IllegalStateException when there is a {@link #refusal}
   */
  public Result fit(long seed) {
    String refusal = refusal();
    if (refusal != null) {
      throw new IllegalStateException(refusal);
    }
    Scaling scaling = rounded(new ScaleFit(questions).from(start));
    List<JudgedAnswer> fitted = judged(questions, scaling);
    ConfidenceCurve confidence = confidence(scaling);
    HeldOut heldOut = heldOut(seed);
    return new Result(
        scaling,
        thresholds(scaling),
        confidence,
        Measures.of(judged(questions, start)),
        Measures.of(ConfidenceFit.at(fitted, confidence)),
        Measures.of(heldOut.confident),
        heldOut.withheld());
  }

  /** The confidence of answers at a scaling. */
  public ConfidenceCurve confidence(Scaling scaling) {
    return rounded(ConfidenceFit.of(judged(questions, scaling)));
  }

  /** The thresholds at a scaling. */
  public AnswerThresholds thresholds(Scaling scaling) {
    return new ThresholdFit(judged(questions, scaling), keep).by(rule);
  }

  /** How good the probabilities of answers are, for any questions. */
  public static Measures measure(List<ScoredQuestion> questions, Scaling scaling) {
    return Measures.of(judged(questions, scaling));
  }

  /** How good the confidence in answers is, for any questions. */
  public static Measures measure(
      List<ScoredQuestion> questions, Scaling scaling, ConfidenceCurve confidence) {
    return Measures.of(ConfidenceFit.at(judged(questions, scaling), confidence));
  }

  /** What thresholds do to answers, for any questions. */
  public static Withheld withheld(
      List<ScoredQuestion> questions, Scaling scaling, AnswerThresholds thresholds) {
    HeldOut judged = new HeldOut();
    judged.add(judged(questions, scaling), thresholds);
    return judged.withheld();
  }

  /** The answer of each question that has one, with its probability at a scaling. */
  static List<JudgedAnswer> judged(List<ScoredQuestion> questions, Scaling scaling) {
    return questions.parallelStream()
        .filter(question -> question.answer(scaling) != ScoredQuestion.NONE)
        .map(question -> judged(question, scaling))
        .toList();
  }

  private static JudgedAnswer judged(ScoredQuestion question, Scaling scaling) {
    int answer = question.answer(scaling);
    return new JudgedAnswer(
        question.probability(answer, scaling),
        question.noAnswerMass(scaling),
        question.isRight(answer));
  }

  private HeldOut heldOut(long seed) {
    List<ScoredQuestion> shuffled = new ArrayList<>(questions);
    Collections.shuffle(shuffled, new Random(seed));
    HeldOut heldOut = new HeldOut();
    for (int fold = 0; fold < FOLDS; fold++) {
      int from = fold * shuffled.size() / FOLDS;
      int to = (fold + 1) * shuffled.size() / FOLDS;
      List<ScoredQuestion> others = new ArrayList<>(shuffled.subList(0, from));
      others.addAll(shuffled.subList(to, shuffled.size()));
      Scaling scaling = new ScaleFit(others).from(start);
      AnswerThresholds thresholds = new ThresholdFit(judged(others, scaling), keep).by(rule);
      List<JudgedAnswer> judged = judged(shuffled.subList(from, to), scaling);
      heldOut.add(judged, thresholds);
      heldOut.confident.addAll(ConfidenceFit.at(judged, ConfidenceFit.of(judged(others, scaling))));
    }
    return heldOut;
  }

  private static Scaling rounded(Scaling scaling) {
    return new Scaling(rounded(scaling.scoreScale()), rounded(scaling.readerTemperature()));
  }

  private static ConfidenceCurve rounded(ConfidenceCurve curve) {
    return new ConfidenceCurve(rounded(curve.slope()), rounded(curve.offset()));
  }

  private static double rounded(double factor) {
    return new BigDecimal(factor).round(DIGITS).doubleValue();
  }

  /** The answers of all folds, and those of them that the thresholds of each fold let through. */
  private static final class HeldOut {
    private final List<JudgedAnswer> answers = new ArrayList<>();

    /** The answers with the confidence of each fold as probability. */
    final List<JudgedAnswer> confident = new ArrayList<>();

    private final List<JudgedAnswer> given = new ArrayList<>();

    void add(List<JudgedAnswer> fold, AnswerThresholds thresholds) {
      answers.addAll(fold);
      fold.stream()
          .filter(answer -> !thresholds.withhold(answer.probability(), answer.noAnswerMass()))
          .forEach(given::add);
    }

    Withheld withheld() {
      double right = answers.stream().filter(JudgedAnswer::right).count();
      double wrong = answers.size() - right;
      double rightGiven = given.stream().filter(JudgedAnswer::right).count();
      double wrongGiven = given.size() - rightGiven;
      return new Withheld(
          right == 0 ? 1 : rightGiven / right, wrong == 0 ? 0 : 1 - wrongGiven / wrong);
    }
  }
}
