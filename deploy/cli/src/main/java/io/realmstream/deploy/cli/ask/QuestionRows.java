package io.realmstream.deploy.cli.ask;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.input.LineFile;
import io.realmstream.deploy.cli.input.Shape;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.json.JsonRow;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows {@code {question, ...}} of JSON lines; a line may hold several. */
public final class QuestionRows implements Closeable {
  /** Where a row's own field {@code answer} goes, if it may have one. */
  private static final String GIVEN_ANSWER = "givenAnswer";

  private final String name;
  private final LineFile lines;
  private final boolean withAnswers;
  private final Deque<Row> rows = new ArrayDeque<>();
  private @Nullable Set<Integer> chosen;
  private int place;
  private boolean begun;
  private boolean over;

  private QuestionRows(String name, LineFile lines, boolean withAnswers) {
    this.name = name;
    this.lines = lines;
    this.withAnswers = withAnswers;
  }

  /**
   * Rows of a file or of a stream.
   *
   * @throws CommandFailure if it cannot be opened, or is not what its name says
   */
  public static QuestionRows open(Path file) {
    String name = file.toString();
    return of(name, () -> LineFile.open(name, file), false);
  }

  /** The same of standard input. */
  static QuestionRows of(InputStream stdin) {
    return of("-", () -> LineFile.of("-", stdin), false);
  }

  /**
   * Rows that may say in {@code answer} what is right, from bytes that were read before.
   *
   * @throws CommandFailure if they are not what the name says
   */
  public static QuestionRows withAnswers(String name, byte[] bytes) {
    return of(name, () -> LineFile.of(name, new ByteArrayInputStream(bytes)), true);
  }

  /**
   * Only the rows at the given places.
   *
   * @param places counted from 0 among the rows that are not bad
   */
  public QuestionRows only(Set<Integer> places) {
    chosen = Set.copyOf(places);
    return this;
  }

  private static QuestionRows of(String name, Opening opening, boolean withAnswers) {
    try {
      return new QuestionRows(name, opening.open(), withAnswers);
    } catch (IOException e) {
      throw CommandFailure.failed(name + ": " + LineFile.reason(name, e));
    }
  }

  /**
   * A row of the file.
   *
   * @param question null when the row is bad
   * @param line as it stands, but for white space around it and for an answer of its own; the
   *     problem when the row is bad
   */
  public record Row(@Nullable String question, String line) {}

  /** The next row; null at the end. What cannot be read on is a bad row, and the last. */
  public @Nullable Row next() {
    Row row = nextOfFile();
    while (chosen != null && row != null && !chosen.contains(place)) {
      place++;
      row = nextOfFile();
    }
    place++;
    return row;
  }

  private @Nullable Row nextOfFile() {
    while (rows.isEmpty() && !over) {
      try {
        byte[] line = lines.next();
        over = line == null;
        if (line != null) {
          take(line);
        }
      } catch (IOException e) {
        over = true;
        rows.add(
            new Row(
                null,
                name
                    + ":"
                    + (lines.line() + 1)
                    + ": "
                    + LineFile.reason(name, e)
                    + "; the rows before are asked, nothing behind is read"));
      }
    }
    return rows.poll();
  }

  /** Rows in all, guessed by bytes from those read so far; 0 = unknown. */
  long expected(long rowsRead) throws IOException {
    long read = lines.bytesRead();
    return read == 0 ? 0 : Math.max(rowsRead, rowsRead * lines.bytes() / read);
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }

  private void take(byte[] line) {
    boolean first = !begun;
    begun = true;
    try {
      if (line.length == 0) {
        throw new BadRecordException("a line that is too long to be held");
      }
      for (JsonRow row : JsonRow.ofLine(line)) {
        rows.add(row(row));
      }
    } catch (BadRecordException e) {
      rows.add(bad(e.getMessage() + (first ? Shape.hint(line) : "")));
    }
  }

  private Row row(JsonRow row) {
    ObjectNode tree = row.tree();
    if (!tree.path("question").isTextual()) {
      return bad("question: missing, or no text");
    }
    String question = tree.path("question").textValue();
    if (!tree.has("answer")) {
      return new Row(question, row.text());
    }
    if (!withAnswers) {
      return bad("answer: this field is where the answer goes");
    }
    tree.set(GIVEN_ANSWER, tree.remove("answer"));
    return new Row(question, tree.toString());
  }

  private Row bad(String problem) {
    return new Row(null, lines.position() + ": " + problem);
  }

  private interface Opening {
    LineFile open() throws IOException;
  }
}
