package io.realmstream.deploy.wikipedia.dump;

import io.realmstream.schemas.Utf8;
import io.realmstream.schemas.wikipedia.ObservedPage;
import io.realmstream.schemas.wikipedia.ObservedRevision;
import io.realmstream.schemas.wikipedia.ObservedState;
import io.realmstream.schemas.wikipedia.TextFormat;
import io.realmstream.schemas.wikipedia.WikipediaObserved;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a dump says of one page, checked.
 *
 * @param fields as they stand there
 * @param format of the text
 */
record Observation(DumpSource source, Map<Field, String> fields, TextFormat format) {
  private static final int TITLE_BYTES_MAX = 1024;

  /** A page that cannot be used; the message says why. */
  static final class BadPageException extends Exception {
    BadPageException(String message) {
      super(message);
    }
  }

  /** The page, with a problem if a field is missing or wrong. */
  DumpPage page() {
    String title = fields.get(Field.TITLE);
    String name =
        "page "
            + fields.getOrDefault(Field.PAGE_ID, "without a number")
            + (title == null ? "" : " (" + title + ")");
    try {
      return new DumpPage(name, observed(), null);
    } catch (BadPageException e) {
      return new DumpPage(name, null, e.getMessage());
    }
  }

  private WikipediaObserved observed() throws BadPageException {
    boolean hidden = fields.containsKey(Field.HIDDEN);
    long pageId = atLeastOne(Field.PAGE_ID);
    if (!fields.containsKey(Field.REVISION_ID)) {
      throw new BadPageException("it has no revision");
    }
    return new WikipediaObserved(
        WikipediaObserved.SCHEMA,
        source.wiki(),
        pageId,
        source.date(),
        hidden ? ObservedState.HIDDEN : ObservedState.PRESENT,
        hidden ? ObservedPage.NONE : observedPage(),
        revision(hidden ? null : text()));
  }

  private ObservedPage observedPage() throws BadPageException {
    String title = required(Field.TITLE);
    if (title.isEmpty() || Utf8.bytes(title) > TITLE_BYTES_MAX || !Utf8.canEncode(title)) {
      throw new BadPageException("TITLE is no title");
    }
    return new ObservedPage(
        title,
        (int) number(Field.NAMESPACE, Integer.MIN_VALUE, Integer.MAX_VALUE),
        fields.containsKey(Field.REDIRECT),
        fields.getOrDefault(Field.MODEL, "wikitext"));
  }

  private ObservedRevision revision(@Nullable String text) throws BadPageException {
    long revisionId = atLeastOne(Field.REVISION_ID);
    return new ObservedRevision(revisionId, time(), text, text == null ? null : format);
  }

  private @Nullable String text() throws BadPageException {
    String text = fields.get(Field.TEXT);
    if (text == null) {
      return null;
    }
    if (text.length() > PageReader.TEXT_BYTES_MAX || Utf8.bytes(text) > PageReader.TEXT_BYTES_MAX) {
      throw new BadPageException("its text has more than 4 MiB");
    }
    if (!Utf8.canEncode(text)) {
      throw new BadPageException("its text is no text: it has half a surrogate pair");
    }
    return text;
  }

  private Instant time() throws BadPageException {
    try {
      return Instant.parse(required(Field.TIME));
    } catch (DateTimeParseException e) {
      throw new BadPageException("TIME is no time: " + fields.get(Field.TIME));
    }
  }

  private long atLeastOne(Field field) throws BadPageException {
    return number(field, 1, Long.MAX_VALUE);
  }

  private long number(Field field, long least, long most) throws BadPageException {
    try {
      long number = Long.parseLong(required(field));
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new BadPageException(field + " is out of range: " + fields.get(field));
  }

  private String required(Field field) throws BadPageException {
    String value = fields.get(field);
    if (value == null) {
      throw new BadPageException("it has no " + field);
    }
    return value;
  }
}
