package io.realmstream.jobs.retriever.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.realmstream.schemas.answer.Answer;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.answer.AnswerStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadDeadlineTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Test
  void deadlineOfThePastIsTimedOut() throws Exception {
    assertThat(ask(5, Duration.ofSeconds(-1)).status()).isEqualTo(AnswerStatus.TIMED_OUT);
  }

  /** It is certain behind more than half of 400 passages, which take ten seconds at least. */
  @Test
  void deadlineBeforeTheAnswerIsCertainIsTimedOut() throws Exception {
    AnswerResult result = ask(400, Duration.ofSeconds(3));

    assertThat(result.status()).isEqualTo(AnswerStatus.TIMED_OUT);
    assertThat(result.read().answer()).isNull();
  }

  private static AnswerResult ask(int k, Duration left) throws Exception {
    ReadHarness read = new ReadHarness(1, 1);
    try {
      long deadlineMs = System.currentTimeMillis() + left.toMillis();
      read.ask(ReadHarness.question("question", k, deadlineMs));
      List<Answer> answers = new ArrayList<>();
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(2))
          .pollInSameThread()
          .until(
              () -> {
                answers.addAll(read.answers());
                return !answers.isEmpty();
              });
      return answers.get(0).result();
    } finally {
      read.close();
    }
  }
}
