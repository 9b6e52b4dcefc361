package io.realmstream.model.task;

import io.realmstream.model.marginal.Candidate;
import io.realmstream.model.marginal.CandidateSet;
import io.realmstream.model.reader.ReadingException;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One question of some kind, with the reader that it needs: which of its candidates are read, what
 * is read of each, and how that becomes an answer. The candidates are those of {@link CandidateSet}
 * whatever the kind.
 *
 * @param <R> what is read of one candidate
 */
public interface AnswerTask<R> {
  /**
   * Which candidates are read, and in which order.
   *
   * @param candidates by rank, at least one
   * @return their places in the list, each once
   */
  List<Integer> placesToRead(List<Candidate> candidates);

  /**
   * Reads one candidate. Takes tens of milliseconds; many threads may read for one question.
   *
   * @param title of the candidate's document; may be empty
   */
  R read(Candidate candidate, String title) throws ReadingException;

  /**
   * How to tell that further readings cannot change the answer: a predicate of one question, which
   * is given the readings in the order of {@link #placesToRead} until it says so of the last one.
   * Null = all readings count.
   */
  default @Nullable Predicate<R> certainty(List<Candidate> candidates) {
    return null;
  }

  /**
   * Makes the answer.
   *
   * @param candidates by rank, at least one
   * @param readings of the candidates at {@link #placesToRead}, in that order; all, or as many as
   *     make the answer certain
   */
  TaskAnswer answer(List<Candidate> candidates, List<R> readings);
}
