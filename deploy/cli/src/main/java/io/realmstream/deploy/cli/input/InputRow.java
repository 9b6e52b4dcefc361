package io.realmstream.deploy.cli.input;

import io.realmstream.schemas.document.DocumentEdit;
import org.jspecify.annotations.Nullable;

/**
 * One document of the input, or why there is none.
 *
 * @param edit null when the row is bad
 * @param problem why it is, else null
 * @param moreOnLine whether the next row has the same place
 */
public record InputRow(
    Position position, @Nullable DocumentEdit edit, @Nullable String problem, boolean moreOnLine) {
  static InputRow good(Position position, DocumentEdit edit) {
    return new InputRow(position, edit, null, false);
  }

  static InputRow bad(Position position, @Nullable String problem) {
    return new InputRow(position, null, problem, false);
  }

  /** This row with another one behind it on its line. */
  InputRow followed() {
    return new InputRow(position, edit, problem, true);
  }

  /** This row with its document under a longer id; a bad row when the id is too long by that. */
  public InputRow under(String prefix) {
    if (edit == null || prefix.isEmpty()) {
      return this;
    }
    try {
      DocumentEdit longer = edit.withId(prefix + edit.id());
      return new InputRow(position, longer, null, moreOnLine);
    } catch (IllegalArgumentException e) {
      return new InputRow(position, null, e.getMessage(), moreOnLine);
    }
  }

  /** Where to go on behind this row; its own place when its line is not over. */
  public Position behind() {
    return moreOnLine ? position : new Position(position.file(), position.line() + 1);
  }
}
