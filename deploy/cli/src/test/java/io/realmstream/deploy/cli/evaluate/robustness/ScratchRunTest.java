package io.realmstream.deploy.cli.evaluate.robustness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.answer.AnswerStatus;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScratchRunTest {

  @ParameterizedTest
  @EnumSource(names = {"ANSWERED", "NO_ANSWER", "NO_CANDIDATES"})
  void whatSaysSomethingOfThePassagesIsAJudgement(AnswerStatus status) {
    AnswerResult result = AnswerResult.without(status, null, null);

    assertThat(ScratchRun.judgement(result)).isSameAs(result);
  }

  /** It would count as silence, and so as a question that was rightly rejected. */
  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"ANSWERED", "NO_ANSWER", "NO_CANDIDATES"})
  void whatFailedIsNone(AnswerStatus status) {
    AnswerResult result = AnswerResult.without(status, "why", null);

    assertThatThrownBy(() -> ScratchRun.judgement(result))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining(status + ": why");
  }
}
