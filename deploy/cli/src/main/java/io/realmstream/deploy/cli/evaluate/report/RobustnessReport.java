package io.realmstream.deploy.cli.evaluate.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.realmstream.deploy.cli.evaluate.report.EvaluationReport.Questions;
import io.realmstream.schemas.answer.IndexVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What noise, missing, false and double evidence do to answers; its fields are those of the JSON.
 * Shares and probabilities are between 0 and 1.
 *
 * @param asked the file; {@code questions} of it are tried
 * @param leftOut questions that were chosen and could not be tried
 * @param documents how many the run held
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RobustnessReport(
    @JsonUnwrapped Questions asked,
    int leftOut,
    int documents,
    @Nullable IndexVersion version,
    List<Noise> noise,
    Rejection rejection,
    Counterfactual counterfactual,
    Integration integration) {

  /**
   * The passage with the answer beside others.
   *
   * @param others HARD, the nearest ones without an accepted answer; or RANDOM
   * @param count how many of them
   */
  public record Noise(String others, int count, double exactMatch) {}

  /**
   * The same questions with the passage, and after its document was deleted by an edit, each beside
   * four of the nearest others.
   *
   * @param questions how many
   * @param massAnswerable mean no-answer mass with the passage
   * @param massUnanswerable mean no-answer mass without it
   * @param byMass by no-answer mass
   * @param byProbability by p(y|x) of the answer
   * @param quotedDeleted answers with the deleted text in their evidence
   */
  public record Rejection(
      int questions,
      double massAnswerable,
      double massUnanswerable,
      Separation byMass,
      Separation byProbability,
      int quotedDeleted) {}

  /**
   * How well answerable questions are told from unanswerable ones.
   *
   * @param rocArea area under the ROC curve; null when there are none of one kind
   * @param threshold that keeps 95 % of the right answers
   * @param rejected share of the unanswerable ones that it withholds
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Separation(@Nullable Double rocArea, double threshold, double rejected) {}

  /**
   * The answer in the passage replaced by another of its kind, by an edit; of questions that were
   * answered right before, asked without naming passages.
   *
   * @param follows share of answers that are the new one
   * @param old share that are the old one
   * @param other share of all others, none included
   * @param quotedDeleted answers with the old text in their evidence
   */
  public record Counterfactual(
      int questions, double follows, double old, double other, int quotedDeleted) {}

  /**
   * The same fact in two documents, the second written by an edit: the probability p(R|x) of the
   * accepted answers, each time beside four of the nearest other passages.
   *
   * @param first mean p(R|x) with the first document alone
   * @param second with the second alone
   * @param both with both
   * @param aboveEither share of questions where both are above either alone
   */
  public record Integration(
      int questions, double first, double second, double both, double aboveEither) {}
}
