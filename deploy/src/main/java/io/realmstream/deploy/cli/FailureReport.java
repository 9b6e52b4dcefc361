package io.realmstream.deploy.cli;

import java.io.UncheckedIOException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns whatever ends a command into one line on stderr and an exit code. */
final class FailureReport implements IExecutionExceptionHandler {
  @Override
  public int handleExecutionException(
      Exception exception, CommandLine commandLine, ParseResult parseResult) {
    CommandFailure failure = describe(exception);
    if (failure == null) {
      // a defect: only the trace tells where
      exception.printStackTrace(commandLine.getErr());
      commandLine.getErr().flush();
      return ExitCode.FAILED;
    }
    commandLine.getErr().println("realm: " + failure.getMessage());
    commandLine.getErr().flush();
    return failure.exitCode();
  }

  private static @Nullable CommandFailure describe(Exception exception) {
    if (exception instanceof CommandFailure failure) {
      return failure;
    }
    if (exception instanceof TimeoutException) {
      return CommandFailure.unreachable("the broker stopped answering: " + exception.getMessage());
    }
    if (exception instanceof ConfigException) {
      return CommandFailure.usage(reasons(exception));
    }
    if (exception instanceof KafkaException || exception instanceof UncheckedIOException) {
      return CommandFailure.failed(reasons(exception));
    }
    return null;
  }

  /** Kafka wraps what matters ("Failed to construct ..."): the whole chain, in one line. */
  private static String reasons(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    Throwable cause = failure.getCause();
    return cause == null || message.contains(String.valueOf(cause.getMessage()))
        ? message
        : message + ": " + reasons(cause);
  }
}
