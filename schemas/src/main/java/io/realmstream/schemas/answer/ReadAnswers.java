package io.realmstream.schemas.answer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answers that were read from the passages.
 *
 * @param answer best answer and its probability; null when there is none
 * @param runnersUp next best answers, best first
 * @param noAnswerMass probability that no passage holds an answer (spec rule B4); null when nothing
 *     was read
 */
public record ReadAnswers(
    @Nullable AnswerCandidate answer,
    List<AnswerCandidate> runnersUp,
    @Nullable Double noAnswerMass) {
  public static final ReadAnswers NONE = new ReadAnswers(null, List.of(), null);
}
