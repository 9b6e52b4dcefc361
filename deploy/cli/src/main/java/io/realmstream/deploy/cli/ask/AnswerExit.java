package io.realmstream.deploy.cli.ask;

import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.schemas.answer.AnswerStatus;

/** What an answer's status means to the caller of the process. */
final class AnswerExit {
  private AnswerExit() {}

  static int code(AnswerStatus status) {
    return switch (status) {
      case ANSWERED -> ExitCode.OK;
      case NO_ANSWER, NO_CANDIDATES, NO_INDEX -> ExitCode.NO_ANSWER;
      case TIMED_OUT -> ExitCode.TIMED_OUT;
      case OVERLOADED -> ExitCode.OVERLOADED;
      case INVALID, FAILED, UNAVAILABLE_VERSION -> ExitCode.FAILED;
    };
  }
}
