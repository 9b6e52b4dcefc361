package io.realmstream.deploy.cli.input;

import io.realmstream.schemas.json.BadRecordException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Documents of JSON lines. */
final class JsonLineRows implements Rows {
  private final LineFile lines;
  private final DocumentFormat format;
  private final RowFields fields;

  JsonLineRows(LineFile lines, DocumentFormat format, RowFields fields) {
    this.lines = lines;
    this.format = format;
    this.fields = fields;
  }

  @Override
  public @Nullable InputRow next() throws IOException {
    byte[] line = lines.next();
    if (line == null) {
      return null;
    }
    try {
      if (line.length == 0) {
        throw new BadRecordException("a line of more than " + Lines.LINE_BYTES_MAX + " bytes");
      }
      return InputRow.good(lines.position(), format.parse(line, fields));
    } catch (BadRecordException e) {
      return InputRow.bad(lines.position(), e.getMessage());
    }
  }

  @Override
  public long bytesRead() throws IOException {
    return lines.bytesRead();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
