package io.realmstream.schemas.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * An object of a line of JSON, read as strictly as a record of a topic.
 *
 * @param text the object as it stands
 */
public record JsonRow(ObjectNode tree, String text) {
  /**
   * The objects of a line. There are several where files were joined whose last lines have no end.
   *
   * @param line UTF-8
   * @throws BadRecordException if anything else is in the line, or nothing
   */
  public static List<JsonRow> ofLine(byte[] line) throws BadRecordException {
    return StrictJson.rows(line);
  }
}
