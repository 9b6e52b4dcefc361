package io.realmstream.deploy.cli.input;

import io.realmstream.schemas.document.DocumentEdit;
import org.jspecify.annotations.Nullable;

/**
 * One document of the input, or why there is none.
 *
 * @param edit null when the row is bad
 * @param problem why it is, else null
 */
public record InputRow(Position position, @Nullable DocumentEdit edit, @Nullable String problem) {
  static InputRow good(Position position, DocumentEdit edit) {
    return new InputRow(position, edit, null);
  }

  static InputRow bad(Position position, @Nullable String problem) {
    return new InputRow(position, null, problem);
  }
}
