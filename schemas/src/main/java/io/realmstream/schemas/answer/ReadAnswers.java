package io.realmstream.schemas.answer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answers that were read from the passages.
 *
 * @param answer best answer and its probability; null when there is none
 * @param withheld the best answer if a threshold withholds it and the status is NO_ANSWER; else
 *     null
 * @param confidence how often answers like this one are right where there is an answer, by the
 *     checkpoint's {@link io.realmstream.schemas.version.ConfidenceCurve}; null when it has none,
 *     or there is no answer
 * @param runnersUp next best answers, best first
 * @param noAnswerMass probability that no passage holds an answer (spec rule B4); null when nothing
 *     was read, or the kind knows none
 * @param unreadMass p(z|x) of the passages that were left unread because the answer was certain:
 *     the probability of each answer, and the no-answer mass, may be higher by up to this; null
 *     when nothing was read
 * @param masks of the question in order; null for a kind without masks
 * @param reference of the query's references; null when it has none
 */
public record ReadAnswers(
    @Nullable AnswerCandidate answer,
    @Nullable AnswerCandidate withheld,
    @Nullable Double confidence,
    List<AnswerCandidate> runnersUp,
    @Nullable Double noAnswerMass,
    @Nullable Double unreadMass,
    @Nullable List<MaskWords> masks,
    @Nullable ReferenceScore reference) {
  public static final ReadAnswers NONE = new ReadAnswers(null, List.of(), null, null);

  /** Of a kind without masks, with nothing withheld. */
  public ReadAnswers(
      @Nullable AnswerCandidate answer,
      List<AnswerCandidate> runnersUp,
      @Nullable Double noAnswerMass,
      @Nullable Double unreadMass) {
    this(answer, null, null, runnersUp, noAnswerMass, unreadMass, null, null);
  }
}
