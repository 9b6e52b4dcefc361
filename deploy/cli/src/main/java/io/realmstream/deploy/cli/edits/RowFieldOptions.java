package io.realmstream.deploy.cli.edits;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.input.RowFields;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the JSON lines of {@code realm load} have what a document needs. */
final class RowFieldOptions {
  @Option(
      names = "--id-field",
      paramLabel = "FIELD",
      description = "Field of the JSON lines that holds the id (default: id).")
  private @Nullable String id;

  @Option(
      names = "--title-field",
      paramLabel = "FIELD",
      description = "Field that holds the title; empty in rows without it (default: title).")
  private @Nullable String title;

  @Option(
      names = "--text-field",
      paramLabel = "FIELD",
      description = "Field that holds the text (default: text).")
  private @Nullable String text;

  @Option(
      names = "--revision",
      paramLabel = "FIELD|NUMBER",
      description =
          "Field that holds the revision, a whole number; or a number, which all documents get."
              + " Default: as the format has it, else the time of sending.")
  private @Nullable String revision;

  /**
   * Refuses a field without a name and a number that no revision can be.
   *
   * @throws CommandFailure USAGE
   */
  RowFields fields() {
    if (Arrays.asList(id, title, text, revision).contains("")) {
      throw CommandFailure.usage("the name of a field is empty");
    }
    if (revision != null && revision.matches("[-+]?[0-9]+")) {
      if (RowFields.revisionOf(revision) == null) {
        throw CommandFailure.usage(
            "--revision: must be 0 to " + Long.MAX_VALUE + ", or a field (is " + revision + ")");
      }
    }
    return new RowFields(id, title, text, revision);
  }
}
