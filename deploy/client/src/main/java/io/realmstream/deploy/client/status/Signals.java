package io.realmstream.deploy.client.status;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the topics tell of how the knowledge base does.
 *
 * @param updaterBeats whether an updater said lately how far it is
 * @param retrieverBeats whether a retriever said lately how fresh it is
 * @param answerableThrough every edit with a Kafka timestamp up to here is answerable; null = not
 *     known
 * @param active the version that answers; null = none
 * @param refused versions that were refused lately
 */
record Signals(
    boolean updaterBeats,
    boolean retrieverBeats,
    @Nullable Instant answerableThrough,
    @Nullable Integer active,
    List<Integer> refused,
    Answers answers,
    Inputs inputs) {

  /**
   * Of late.
   *
   * @param questions that came within {@link Thresholds#NO_ANSWER_MAX}, without those that may
   *     still be under way
   * @param left answers that left within the same time
   * @param seen answers that were looked at, within {@link Thresholds#ANSWERS_WINDOW}
   * @param failed of them
   * @param incompleteSince since when all are of an index that lacks documents; null = the last one
   *     is not
   */
  record Answers(
      long questions, long left, int seen, int failed, @Nullable Instant incompleteSince) {}

  /**
   * Within {@link Thresholds#DEAD_LETTERS_WINDOW}.
   *
   * @param records of the topics of documents and questions
   * @param deadLetters of any topic
   */
  record Inputs(long records, long deadLetters) {}
}
