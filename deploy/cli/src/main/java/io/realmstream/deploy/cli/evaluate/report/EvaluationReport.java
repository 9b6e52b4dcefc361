package io.realmstream.deploy.cli.evaluate.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.realmstream.model.evaluation.Reliability;
import io.realmstream.model.evaluation.RiskCoverage;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.answer.IndexVersion;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an evaluation found; its fields are those of the JSON. Shares and rates are between 0 and 1,
 * times in milliseconds.
 *
 * @param realm version of the command
 * @param versions every index version that answered: its digests tell models and partition; one,
 *     unless it was switched meanwhile
 * @param reading null when nothing was read
 * @param byPassage relevant = the row's document; null when no row names one
 * @param byAnswer relevant = a passage that holds an answer; null when no row has one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EvaluationReport(
    Instant at,
    String realm,
    @JsonUnwrapped Questions asked,
    List<IndexVersion> versions,
    @Nullable Reading reading,
    @Nullable Retrieval byPassage,
    @Nullable Retrieval byAnswer,
    List<Pass> passes) {

  /**
   * What was asked.
   *
   * @param sha256 of the file, 64 hexadecimal digits
   * @param questions how many
   */
  public record Questions(String file, String sha256, int questions) {}

  /**
   * How good the answers are.
   *
   * @param questions rows that tell the answers; one that got none counts as wrong, unless there is
   *     none
   * @param noAnswer share of them that got none
   * @param noAnswerMass mean, over those that were read; null if none was
   * @param unanswerable those of them that have no answer; null if all have
   * @param confidence in the answers; null when there was none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Reading(
      int questions,
      double exactMatch,
      double f1,
      double noAnswer,
      @Nullable Double noAnswerMass,
      @Nullable Unanswerable unanswerable,
      @Nullable Confidence confidence) {}

  /**
   * How far the probabilities of answers can be trusted; where the checkpoint has a curve, their
   * confidence. Answers that a threshold withholds count, too.
   *
   * @param answers that have a probability
   * @param unreadMass mean p(z|x) of what was left unread: on average, probabilities may be larger
   *     by that much at most
   * @param rocArea of right answers against probability; null when all are right, or all wrong
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Confidence(
      int answers,
      double unreadMass,
      Reliability reliability,
      RiskCoverage riskCoverage,
      @Nullable Double rocArea) {}

  /**
   * Questions without an answer, which count for EM and F1 as well.
   *
   * @param noAnswer share of them for which the reply was that there is none
   */
  public record Unanswerable(int questions, double noAnswer) {}

  /**
   * How good the passages are.
   *
   * @param questions rows that tell what is relevant
   * @param recall by k
   */
  public record Retrieval(int questions, Map<Integer, Double> recall, double mrr) {}

  /**
   * The file asked once.
   *
   * @param answersPerSecond over the whole pass
   * @param silent questions without any reply
   * @param statuses of the replies
   * @param passagesRead mean over the answers from passages that were read; null if none was
   * @param latencyMs by stage, as the answers tell it, and {@code roundTrip}, as the client saw it
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Pass(
      @JsonUnwrapped Asked asked,
      double answersPerSecond,
      int silent,
      Map<AnswerStatus, Integer> statuses,
      @JsonUnwrapped Shortfalls shortfalls,
      @Nullable Double passagesRead,
      Map<String, Percentiles> latencyMs) {}

  /**
   * How the questions were asked: for k passages each, so many at once.
   *
   * @param reading when reading stopped; null where nothing is read
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Asked(String kind, int k, int inFlight, @Nullable String reading) {}

  /**
   * Results that may lack something.
   *
   * @param approximate those that are not certified exact
   * @param partial those that lack a shard
   * @param incomplete those of a version that did not hold every document yet
   */
  public record Shortfalls(int approximate, int partial, int incomplete) {}

  /** Of one stage, by nearest rank. */
  public record Percentiles(
      int count, double mean, double p50, double p90, double p99, double max) {}
}
