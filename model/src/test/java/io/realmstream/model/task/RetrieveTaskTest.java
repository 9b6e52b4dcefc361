package io.realmstream.model.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.realmstream.model.marginal.Candidate;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.answer.AnswerMode;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.answer.ReadAnswers;
import io.realmstream.schemas.answer.ReadSpan;
import io.realmstream.schemas.query.QueryKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetrieveTaskTest {
  private final RetrieveTask task = new RetrieveTask();

  @Test
  void nothingIsRead() {
    assertThat(task.placesToRead(List.of(passage(1, 0)))).isEmpty();
  }

  /** Of scores ln 3 and ln 1 the softmax is 3/4 and 1/4. */
  @Test
  void candidatesAreTheAnswerEachWithItsProbability() {
    List<Candidate> candidates = List.of(passage(7, Math.log(3)), passage(2, 0));

    TaskAnswer answer = task.answer(candidates, List.of());

    assertThat(answer.status()).isEqualTo(AnswerStatus.ANSWERED);
    assertThat(answer.mode()).isEqualTo(new AnswerMode(QueryKind.RETRIEVE, null, null));
    assertThat(answer.read()).isEqualTo(ReadAnswers.NONE);
    assertThat(answer.truncated()).isFalse();
    List<TaskAnswer.Evidence> evidence = answer.evidence();
    assertThat(evidence).extracting(TaskAnswer.Evidence::rank).containsExactly(1, 2);
    assertThat(evidence)
        .extracting(TaskAnswer.Evidence::candidate)
        .containsExactlyElementsOf(candidates);
    assertThat(evidence).extracting(TaskAnswer.Evidence::read).containsOnly(ReadSpan.NONE);
    assertThat(evidence.get(0).probability()).isEqualTo(0.75, within(1e-12));
    assertThat(evidence.get(1).probability()).isEqualTo(0.25, within(1e-12));
  }

  @Test
  void loneCandidateIsCertainAndNeverMore() {
    TaskAnswer answer = task.answer(List.of(passage(1, 1e-17)), List.of());

    assertThat(answer.evidence().get(0).probability()).isEqualTo(1);
  }

  private static Candidate passage(long uid, double score) {
    return new Candidate(new Hash128(0, uid), new Hash128(1, uid), score, "body", null);
  }
}
