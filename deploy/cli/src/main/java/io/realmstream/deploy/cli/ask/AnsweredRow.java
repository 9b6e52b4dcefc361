package io.realmstream.deploy.cli.ask;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.console.OutputClosed;
import io.realmstream.deploy.cli.input.LineFile;
import io.realmstream.deploy.client.ReceivedAnswer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A row of a file of questions with what came back for it.
 *
 * @param line the row as it stands
 * @param answer null = nothing came
 * @param roundTrip from handing the query to Kafka's client to receiving the answer; zero without
 *     one
 */
public record AnsweredRow(String line, @Nullable ReceivedAnswer answer, Duration roundTrip) {
  /**
   * Prints the row with the field {@code answer}.
   *
   * @throws OutputClosed if nobody takes it
   */
  void print(PrintWriter out) {
    out.println(json());
    if (out.checkError()) {
      throw new OutputClosed();
    }
  }

  /**
   * Writes the row with the field {@code answer}.
   *
   * @param file what {@code out} writes to
   * @throws CommandFailure if it cannot be written
   */
  public void write(Writer out, Path file) {
    try {
      out.write(json() + "\n");
      out.flush();
    } catch (IOException e) {
      throw CommandFailure.failed(
          "cannot write " + file + ": " + LineFile.reason(file.toString(), e));
    }
  }

  private String json() {
    return withAnswer(line, answer == null ? "null" : answer.json());
  }

  /** Neither the row nor the answer is written anew: every digit stays as it came. */
  static String withAnswer(String row, String answer) {
    return row.substring(0, row.lastIndexOf('}')).stripTrailing() + ",\"answer\":" + answer + "}";
  }
}
