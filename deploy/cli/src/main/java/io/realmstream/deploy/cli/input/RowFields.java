package io.realmstream.deploy.cli.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.realmstream.schemas.json.BadRecordException;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where rows that were not written for this project keep what a document needs; null = where the
 * format has it.
 *
 * @param revision a number, which every document gets, or the name of a field
 */
public record RowFields(
    @Nullable String id, @Nullable String title, @Nullable String text, @Nullable String revision) {
  /** As the format has it. */
  public static final RowFields OF_FORMAT = new RowFields(null, null, null, null);

  /** The number that a text is, if a revision can be it: 0 to 2^63 - 1; else null. */
  public static @Nullable Long revisionOf(String text) {
    if (!text.matches("0*[0-9]{1,19}")) {
      return null;
    }
    BigInteger number = new BigInteger(text);
    return number.bitLength() < Long.SIZE ? number.longValue() : null;
  }

  /** The revision that every document gets; null when each row tells its own. */
  @Nullable Long fixedRevision() {
    return revision == null ? null : revisionOf(revision);
  }

  /** Fields that no row can do without. */
  List<String> needed() {
    return List.of(id == null ? "id" : id, text == null ? "text" : text);
  }

  /**
   * The row with its id, title and text under the names that formats know.
   *
   * @throws BadRecordException if the row lacks the id or the text that was asked for
   */
  ObjectNode renamed(ObjectNode row) throws BadRecordException {
    ObjectNode renamed = row.deepCopy();
    rename(row, id, "id", renamed);
    rename(row, text, "text", renamed);
    if (title != null) {
      JsonNode value = row.path(title);
      renamed.put("title", value.isValueNode() && !value.isNull() ? value.asText() : "");
    }
    return renamed;
  }

  /**
   * Puts the revision that was asked for into the edit that a row says.
   *
   * @throws BadRecordException if the row's field is no whole number
   */
  void revise(ObjectNode row, ObjectNode edit) throws BadRecordException {
    Long fixed = fixedRevision();
    if (fixed != null) {
      edit.put("revision", fixed);
    } else if (revision != null) {
      JsonNode value = row.path(revision);
      edit.put("revision", revision(revision, value));
    }
  }

  /** The revision that a field of a row says. */
  static long revision(String field, JsonNode value) throws BadRecordException {
    Long number = value.isValueNode() ? revisionOf(value.asText()) : null;
    if (number == null) {
      throw new BadRecordException(
          field + ": expected a whole number, 0 to " + Long.MAX_VALUE + ", found " + found(value));
    }
    return number;
  }

  private static void rename(ObjectNode row, @Nullable String from, String to, ObjectNode renamed)
      throws BadRecordException {
    if (from == null) {
      return;
    }
    if (!row.has(from)) {
      throw new BadRecordException(from + ": missing");
    }
    renamed.set(to, row.get(from));
  }

  private static String found(JsonNode value) {
    return value.isMissingNode() ? "nothing" : value.toString();
  }
}
