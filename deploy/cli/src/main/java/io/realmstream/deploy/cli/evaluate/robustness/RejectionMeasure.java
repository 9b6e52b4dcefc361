package io.realmstream.deploy.cli.evaluate.robustness;

import io.realmstream.deploy.cli.evaluate.report.RobustnessReport.Rejection;
import io.realmstream.deploy.cli.evaluate.report.RobustnessReport.Separation;
import io.realmstream.model.evaluation.JudgedAnswer;
import io.realmstream.model.evaluation.RocArea;
import io.realmstream.schemas.answer.AnswerCandidate;
import io.realmstream.schemas.answer.AnswerResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/** How well answerable questions are separated from the same questions without their evidence. */
final class RejectionMeasure {
  /** Share of the right answers that a threshold must keep. */
  private static final double KEEP = 0.95;

  private RejectionMeasure() {}

  /**
   * @param answerable results with the evidence
   * @param unanswerable results without it, of the same trials
   */
  static Rejection of(
      List<Trial> trials,
      List<AnswerResult> answerable,
      List<AnswerResult> unanswerable,
      int quotedDeleted) {
    List<AnswerResult> right = new ArrayList<>();
    for (int i = 0; i < trials.size(); i++) {
      if (trials.get(i).isRight(answerable.get(i))) {
        right.add(answerable.get(i));
      }
    }
    Compared compared = new Compared(right, answerable, unanswerable);
    return new Rejection(
        trials.size(),
        mean(answerable),
        mean(unanswerable),
        compared.by(result -> 1 - mass(result), true),
        compared.by(RejectionMeasure::probability, false),
        quotedDeleted);
  }

  /**
   * The results that are to be separated.
   *
   * @param right those of the answerable ones that are right
   */
  private record Compared(
      List<AnswerResult> right, List<AnswerResult> answerable, List<AnswerResult> unanswerable) {

    /**
     * @param sureness of a result, 0 to 1; from the threshold on an answer is given
     * @param turned whether the threshold is told as 1 - sureness
     */
    Separation by(ToDoubleFunction<AnswerResult> sureness, boolean turned) {
      List<JudgedAnswer> judged = new ArrayList<>();
      answerable.forEach(r -> judged.add(new JudgedAnswer(sureness.applyAsDouble(r), 0, true)));
      unanswerable.forEach(r -> judged.add(new JudgedAnswer(sureness.applyAsDouble(r), 0, false)));
      double[] kept = right.stream().mapToDouble(sureness).sorted().toArray();
      int lost = kept.length - (int) Math.ceil(KEEP * kept.length - 1e-9);
      double threshold = kept.length == 0 ? 0 : kept[lost];
      double rejected =
          unanswerable.stream().filter(r -> sureness.applyAsDouble(r) < threshold).count();
      return new Separation(
          RocArea.of(judged),
          turned ? 1 - threshold : threshold,
          rejected / Math.max(1, unanswerable.size()));
    }
  }

  private static double mean(List<AnswerResult> results) {
    return results.stream().mapToDouble(RejectionMeasure::mass).average().orElse(0);
  }

  /** Without any passage no answer is certain. */
  private static double mass(AnswerResult result) {
    return Math.min(1, Objects.requireNonNullElse(result.read().noAnswerMass(), 1.0));
  }

  private static double probability(AnswerResult result) {
    AnswerCandidate answer =
        result.read().answer() == null ? result.read().withheld() : result.read().answer();
    return answer == null ? 0 : Math.min(1, answer.probability());
  }
}
