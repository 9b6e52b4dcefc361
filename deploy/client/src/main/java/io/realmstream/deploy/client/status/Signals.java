package io.realmstream.deploy.client.status;

import io.realmstream.schemas.answer.AnswerResult;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the topics tell about how well the knowledge base does.
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
   * Questions and answers of the last minutes.
   *
   * @param questions that came within {@link Thresholds#NO_ANSWER_MAX}, without those that may
   *     still be under way; where no answer left, without those that were refused
   * @param left answers that left within the same time
   * @param seen answers that were looked at, within {@link Thresholds#ANSWERS_WINDOW}
   * @param failed of them
   * @param incompleteSince since when all that were looked at are of an index that lacks documents;
   *     null = the last one is not, or it is older than {@link Thresholds#INCOMPLETE_MAX}
   */
  record Answers(
      long questions, long left, int seen, int failed, @Nullable Instant incompleteSince) {
    /**
     * Counts.
     *
     * @param sample all or some answers, each once, in any order
     */
    static Answers of(long questions, long left, List<Answered> sample, Instant now) {
      List<Answered> inOrder = sample.stream().sorted(Comparator.comparing(Answered::at)).toList();
      Instant begins = now.minus(Thresholds.ANSWERS_WINDOW);
      List<Answered> late = inOrder.stream().filter(one -> one.at().isAfter(begins)).toList();
      int failed = (int) late.stream().filter(Answered::failed).count();
      return new Answers(questions, left, late.size(), failed, incompleteSince(inOrder, now));
    }

    private static @Nullable Instant incompleteSince(List<Answered> inOrder, Instant now) {
      Instant since = null;
      Instant last = Instant.MIN;
      for (Answered one : inOrder) {
        if (one.searched()) {
          boolean complete = one.result().coverage().complete();
          since = complete ? null : since == null ? one.at() : since;
          last = one.at();
        }
      }
      return last.isBefore(now.minus(Thresholds.INCOMPLETE_MAX)) ? null : since;
    }
  }

  /** An answer as the topic has it. */
  record Answered(Instant at, AnswerResult result) {
    private boolean failed() {
      return switch (result.status()) {
        case FAILED, TIMED_OUT, UNAVAILABLE_VERSION -> true;
        default -> false;
      };
    }

    /** Whether the answer tells anything about the index. */
    private boolean searched() {
      return switch (result.status()) {
        case ANSWERED, NO_ANSWER, NO_CANDIDATES -> true;
        default -> false;
      };
    }
  }

  /**
   * Records within {@link Thresholds#DEAD_LETTERS_WINDOW}.
   *
   * @param records of the topics of documents and questions
   * @param deadLetters of any topic
   */
  record Inputs(long records, long deadLetters) {}
}
