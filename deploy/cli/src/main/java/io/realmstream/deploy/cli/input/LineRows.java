package io.realmstream.deploy.cli.input;

import io.realmstream.deploy.files.Lines;
import io.realmstream.schemas.json.BadRecordException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Documents of a file of lines. */
final class LineRows implements InputRows {
  private final LineFile lines;
  private final LineParser parser;

  /** Rows of the line that was read last. */
  private final Deque<InputRow> rows = new ArrayDeque<>();

  LineRows(LineFile lines, LineParser parser) {
    this.lines = lines;
    this.parser = parser;
  }

  /** What the lines of a file say. */
  interface LineParser {
    /**
     * The rows of one line, in order.
     *
     * @throws BadRecordException if the line as a whole is bad
     */
    List<InputRow> rows(Position position, byte[] line) throws BadRecordException;
  }

  @Override
  public @Nullable InputRow next() throws IOException {
    while (rows.isEmpty()) {
      byte[] line = lines.next();
      if (line == null) {
        return null;
      }
      read(line);
    }
    return rows.remove();
  }

  @Override
  public long line() {
    return lines.line();
  }

  @Override
  public long bytesRead() throws IOException {
    return lines.bytesRead();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }

  private void read(byte[] line) {
    Position position = lines.position();
    if (line.length == 0) {
      rows.add(InputRow.bad(position, "a line of more than " + Lines.LINE_BYTES_MAX + " bytes"));
      return;
    }
    try {
      List<InputRow> all = parser.rows(position, line);
      for (int i = 0; i < all.size(); i++) {
        rows.add(i + 1 < all.size() ? all.get(i).followed() : all.get(i));
      }
    } catch (BadRecordException e) {
      rows.add(InputRow.bad(position, e.getMessage()));
    }
  }
}
