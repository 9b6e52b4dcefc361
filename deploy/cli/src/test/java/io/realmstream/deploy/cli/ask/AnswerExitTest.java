package io.realmstream.deploy.cli.ask;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.schemas.answer.AnswerStatus;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerExitTest {
  @ParameterizedTest
  @CsvSource({
    "ANSWERED, 0",
    "NO_ANSWER, 5",
    "NO_CANDIDATES, 5",
    "NO_INDEX, 5",
    "INVALID, 1",
    "TIMED_OUT, 4",
    "FAILED, 1",
    "UNAVAILABLE_VERSION, 1",
    "OVERLOADED, 6"
  })
  void statusDecidesTheExitCode(AnswerStatus status, int code) {
    assertThat(AnswerExit.code(status)).isEqualTo(code);
  }
}
