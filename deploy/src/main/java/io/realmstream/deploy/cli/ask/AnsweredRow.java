package io.realmstream.deploy.cli.ask;

import io.realmstream.deploy.cli.CommandFailure;
import java.io.PrintWriter;
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
   * Writes the row with the field {@code answer}.
   *
   * @throws CommandFailure if it cannot be written
   */
  public void print(PrintWriter out) {
    out.println(withAnswer(line, answer == null ? "null" : answer.json()));
    if (out.checkError()) {
      throw CommandFailure.failed("cannot write the answers");
    }
  }

  /** Neither the row nor the answer is written anew: every digit stays as it came. */
  static String withAnswer(String row, String answer) {
    return row.substring(0, row.lastIndexOf('}')).stripTrailing() + ",\"answer\":" + answer + "}";
  }
}
