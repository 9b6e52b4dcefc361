package io.realmstream.model.task;

import io.realmstream.model.marginal.Candidate;
import io.realmstream.schemas.answer.AnswerMode;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.answer.ReadAnswers;
import io.realmstream.schemas.answer.ReadSpan;
import io.realmstream.schemas.query.QueryKind;
import java.util.List;

/**
 * What a task says to its question.
 *
 * @param evidence by rank
 * @param truncated whether question or passages exceeded the reader's limits and were cut
 */
public record TaskAnswer(
    AnswerStatus status,
    AnswerMode mode,
    ReadAnswers read,
    List<Evidence> evidence,
    boolean truncated) {

  /**
   * What one candidate z has to do with it.
   *
   * @param rank 1 = best
   * @param probability p(z|x)
   */
  public record Evidence(int rank, Candidate candidate, double probability, ReadSpan read) {}

  /** The answer of every kind when there is no candidate. */
  public static TaskAnswer withoutCandidates(QueryKind kind) {
    AnswerMode mode = new AnswerMode(kind, null, null);
    return new TaskAnswer(AnswerStatus.NO_CANDIDATES, mode, ReadAnswers.NONE, List.of(), false);
  }
}
