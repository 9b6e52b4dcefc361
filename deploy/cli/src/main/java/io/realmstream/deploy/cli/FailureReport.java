package io.realmstream.deploy.cli;

import io.realmstream.deploy.cli.console.Excerpt;
import io.realmstream.deploy.cli.console.OutputClosed;
import io.realmstream.deploy.cli.input.LineFile;
import io.realmstream.deploy.client.ClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
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
    if (exception instanceof OutputClosed) {
      return ExitCode.OK; // unless the caller of all knows better
    }
    CommandFailure failure = describe(exception);
    if (failure == null) {
      // a defect: only the trace tells where
      exception.printStackTrace(commandLine.getErr());
      commandLine.getErr().flush();
      return ExitCode.FAILED;
    }
    commandLine.getErr().println("realm: " + Excerpt.message(String.valueOf(failure.getMessage())));
    commandLine.getErr().flush();
    return failure.exitCode();
  }

  private static @Nullable CommandFailure describe(Exception exception) {
    if (exception instanceof CommandFailure failure) {
      return failure;
    }
    if (exception instanceof ClientException e) {
      return new CommandFailure(ExitCode.of(e.kind()), String.valueOf(e.getMessage()));
    }
    if (exception instanceof TimeoutException) {
      return CommandFailure.unreachable("the broker stopped answering: " + exception.getMessage());
    }
    if (exception instanceof IOException e) {
      return CommandFailure.failed(reason(e));
    }
    Throwable cause = exception.getCause();
    if (exception instanceof UncheckedIOException && cause instanceof IOException e) {
      return CommandFailure.failed(reason(e));
    }
    if (exception instanceof ConfigException || cause instanceof ConfigException) {
      return CommandFailure.usage(reasons(exception));
    }
    if (exception instanceof KafkaException) {
      return CommandFailure.failed(reasons(exception));
    }
    return null;
  }

  private static String reason(IOException e) {
    String file = e instanceof FileSystemException failure ? failure.getFile() : null;
    return file == null ? reasons(e) : file + ": " + LineFile.reason(file, e);
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
