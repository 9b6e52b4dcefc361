package io.realmstream.deploy.wikipedia.dump;

import io.realmstream.schemas.wikipedia.TextFormat;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One page of an export while its fields come by. Of several revisions the last one stays. */
final class ExportedPage {
  /** Of every field but the text. */
  private static final int CHARACTERS_MAX = 4096;

  private final Map<Field, String> fields = new EnumMap<>(Field.class);
  private StringBuilder value = new StringBuilder();
  private boolean textIsElsewhere;

  void begin(Field field) {
    value = new StringBuilder();
    if (field == Field.REVISION) {
      fields.keySet().removeIf(Field::isOfRevision);
    }
  }

  /**
   * What the text's tag says, behind its {@link #begin}.
   *
   * @param deleted its attribute of that name
   * @param bytes its attribute of that name: the text's true length
   */
  void textTag(@Nullable String deleted, @Nullable String bytes) {
    if (deleted != null) {
      fields.put(Field.HIDDEN, deleted);
    }
    textIsElsewhere = bytes != null && !bytes.equals("0");
  }

  /** Holds no more than one character beyond the field's limit. */
  void add(Field field, char[] characters, int start, int length) {
    int most = field == Field.TEXT ? PageReader.TEXT_BYTES_MAX : CHARACTERS_MAX;
    value.append(characters, start, Math.min(length, most + 1 - value.length()));
  }

  /** The field's text so far. */
  String value() {
    return value.toString();
  }

  void end(Field field) {
    boolean absent = field == Field.TEXT && value.isEmpty() && textIsElsewhere;
    if (!absent) {
      fields.put(field, value.toString());
    }
    value = new StringBuilder();
  }

  DumpPage finished(DumpSource source) {
    return new Observation(source, fields, TextFormat.WIKITEXT).page();
  }
}
