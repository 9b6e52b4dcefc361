package io.realmstream.deploy.cli.input;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.realmstream.schemas.Utf8;
import io.realmstream.schemas.json.BadRecordException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Passages of a file of columns, such as DPR's: tabs between them, their names in the first line,
 * fields quoted where they hold a quote. A row is a line.
 */
final class TsvLines implements LineRows.LineParser {
  private static final ObjectReader COLUMNS =
      new CsvMapper()
          .readerForListOf(String.class)
          .with(CsvSchema.emptySchema().withColumnSeparator('\t'));

  private final RowFields fields;
  private @Nullable List<String> header;

  TsvLines(RowFields fields) {
    this.fields = fields;
  }

  @Override
  public List<InputRow> rows(Position position, byte[] line) throws BadRecordException {
    List<String> columns = columns(line);
    if (header == null) {
      header = columns;
      checkHeader(columns);
      return List.of();
    }
    return List.of(InputRow.good(position, DocumentFormat.TSV.edit(row(header, columns), fields)));
  }

  /** Every row behind a bad header is bad as well. */
  private void checkHeader(List<String> names) throws BadRecordException {
    if (new HashSet<>(names).size() < names.size()) {
      throw new BadRecordException("a column's name stands twice in the header " + names);
    }
    for (String needed : fields.needed()) {
      if (!names.contains(needed)) {
        throw new BadRecordException(
            "no header with a column " + needed + ", tabs between the names, but " + names);
      }
    }
  }

  private static ObjectNode row(List<String> header, List<String> columns)
      throws BadRecordException {
    if (columns.size() != header.size()) {
      throw new BadRecordException(
          columns.size() + " columns, where the header has " + header.size() + ": " + header);
    }
    ObjectNode row = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < columns.size(); i++) {
      row.put(header.get(i), columns.get(i));
    }
    return row;
  }

  private static List<String> columns(byte[] line) throws BadRecordException {
    try {
      String text = Utf8.decode(ByteBuffer.wrap(line));
      return COLUMNS.readValue(text.startsWith("\uFEFF") ? text.substring(1) : text);
    } catch (CharacterCodingException e) {
      throw new BadRecordException("no UTF-8: " + e.getMessage());
    } catch (JsonProcessingException e) {
      throw new BadRecordException("no columns: " + e.getOriginalMessage());
    }
  }
}
