package io.realmstream.model.task;

import io.realmstream.model.marginal.Candidate;
import io.realmstream.model.marginal.CandidateSet;
import io.realmstream.model.reader.ReadingException;
import java.util.List;

/**
 * One question of some kind, with the reader that it needs: which of its candidates are read, what
 * is read of each, and how that becomes an answer. The candidates are those of {@link CandidateSet}
 * whatever the kind.
 *
 * @param <R> what is read of one candidate
 */
public interface AnswerTask<R> {
  /**
   * Which candidates are read.
   *
   * @param candidates by rank, at least one
   * @return their places in the list, ascending
   */
  List<Integer> placesToRead(List<Candidate> candidates);

  /**
   * Reads one candidate. Takes tens of milliseconds; many threads may read for one question.
   *
   * @param title of the candidate's document; may be empty
   */
  R read(Candidate candidate, String title) throws ReadingException;

  /**
   * Makes the answer.
   *
   * @param candidates by rank, at least one
   * @param readings of the candidates at {@link #placesToRead}, in that order
   */
  TaskAnswer answer(List<Candidate> candidates, List<R> readings);
}
