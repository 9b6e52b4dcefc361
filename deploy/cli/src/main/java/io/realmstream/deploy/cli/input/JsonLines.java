package io.realmstream.deploy.cli.input;

import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.json.JsonRow;
import java.util.ArrayList;
import java.util.List;

/** Documents of JSON lines; a line may hold several. */
final class JsonLines implements LineRows.LineParser {
  private final DocumentFormat format;
  private final RowFields fields;
  private boolean begun;

  JsonLines(DocumentFormat format, RowFields fields) {
    this.format = format;
    this.fields = fields;
  }

  @Override
  public List<InputRow> rows(Position position, byte[] line) throws BadRecordException {
    List<InputRow> rows = new ArrayList<>(1);
    for (JsonRow row : objects(line)) {
      try {
        rows.add(InputRow.good(position, format.edit(row.tree(), fields)));
      } catch (BadRecordException e) {
        rows.add(InputRow.bad(position, e.getMessage()));
      }
    }
    return rows;
  }

  private List<JsonRow> objects(byte[] line) throws BadRecordException {
    boolean first = !begun;
    begun = true;
    try {
      return JsonRow.ofLine(line);
    } catch (BadRecordException e) {
      // the first line tells what a whole file is
      throw first ? new BadRecordException(e.getMessage() + Shape.hint(line)) : e;
    }
  }
}
