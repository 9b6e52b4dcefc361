package io.realmstream.jobs.retriever.answer;

import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.schemas.answer.Answer;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.answer.Coverage;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;

/** What reading and answering cost, and what answers rest on; any thread may count. */
final class ReadMetrics {
  private final Histogram readMs;
  private final Histogram answerMs;
  private final Histogram noAnswerPercent;
  private final Counter passagesRead;
  private final Counter readingsDiscarded;
  private final Counter inexact;
  private final Counter partial;
  private final Counter incomplete;

  ReadMetrics(OperatorMetrics metrics) {
    readMs = metrics.histogram("readMs");
    answerMs = metrics.histogram("answerMs");
    noAnswerPercent = metrics.histogram("noAnswerPercent");
    passagesRead = metrics.counter("passagesRead");
    readingsDiscarded = metrics.counter("readingsDiscarded");
    inexact = metrics.counter("answersInexact");
    partial = metrics.counter("answersPartial");
    incomplete = metrics.counter("answersIncomplete");
  }

  /** The passages of a question were read, or were to be until it timed out; waiting included. */
  void read(long micros) {
    readMs.update(micros / 1_000);
  }

  /** Counts what an answer rests on, and what was read and turned out not to be needed. */
  void used(int passages, int discarded) {
    passagesRead.inc(passages);
    readingsDiscarded.inc(discarded);
  }

  /** An answer leaves, so long after its stamp. */
  void answered(Answer answer, long sinceStampMs) {
    answerMs.update(sinceStampMs);
    AnswerStatus status = answer.result().status();
    if (status == AnswerStatus.ANSWERED
        || status == AnswerStatus.NO_ANSWER
        || status == AnswerStatus.NO_CANDIDATES) {
      covered(answer.result().coverage());
    }
    Double noAnswer = answer.result().read().noAnswerMass();
    if (noAnswer != null) {
      noAnswerPercent.update(Math.round(100 * noAnswer));
    }
  }

  /** Other answers were not searched to their end. */
  private void covered(Coverage coverage) {
    inexact.inc(coverage.exact() ? 0 : 1);
    partial.inc(coverage.partial() ? 1 : 0);
    incomplete.inc(coverage.complete() ? 0 : 1);
  }
}
