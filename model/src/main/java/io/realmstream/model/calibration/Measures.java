package io.realmstream.model.calibration;

import io.realmstream.model.evaluation.JudgedAnswer;
import io.realmstream.model.evaluation.LogLoss;
import io.realmstream.model.evaluation.Reliability;
import io.realmstream.model.evaluation.RiskCoverage;
import io.realmstream.model.evaluation.RocArea;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How good the probabilities of answers are.
 *
 * @param answers how many
 * @param right share of right ones
 * @param logLoss in nats an answer
 * @param calibrationError expected calibration error, see {@link Reliability}
 * @param riskCoverageArea see {@link RiskCoverage}
 * @param rocArea area under the ROC curve, see {@link RocArea}; null when all are right, or all
 *     wrong
 */
public record Measures(
    int answers,
    double right,
    double logLoss,
    double calibrationError,
    double riskCoverageArea,
    @Nullable Double rocArea) {

  static Measures of(List<JudgedAnswer> answers) {
    double right = answers.stream().filter(JudgedAnswer::right).count();
    return new Measures(
        answers.size(),
        answers.isEmpty() ? 0 : right / answers.size(),
        LogLoss.of(answers),
        Reliability.of(answers).calibrationError(),
        RiskCoverage.of(answers).area(),
        RocArea.of(answers));
  }
}
