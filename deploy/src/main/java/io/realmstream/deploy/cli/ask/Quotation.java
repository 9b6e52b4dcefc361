package io.realmstream.deploy.cli.ask;

import io.realmstream.schemas.query.Span;
import java.text.BreakIterator;
import java.util.Locale;

/** Shows a span where it stands: in its sentence, between brackets. */
final class Quotation {
  /** Longer sentences are cut to this many characters on either side of the span. */
  private static final int AROUND_MAX = 140;

  private Quotation() {}

  /** For instance {@code The prize went to [Röntgen] in 1901.} */
  static String of(String text, Span span) {
    BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ENGLISH);
    sentences.setText(text);
    int start = span.start() == 0 ? 0 : sentences.preceding(span.start() + 1);
    int end = span.end() >= text.length() ? text.length() : sentences.following(span.end() - 1);
    return oneLine(
        left(text.substring(start, span.start()))
            + "["
            + text.substring(span.start(), span.end())
            + "]"
            + right(text.substring(span.end(), end)));
  }

  /** The beginning of a passage in which nothing is quoted. */
  static String beginning(String text) {
    return oneLine(right(text));
  }

  private static String left(String before) {
    if (before.length() <= AROUND_MAX) {
      return before;
    }
    int cut = before.indexOf(' ', before.length() - AROUND_MAX);
    return "..." + before.substring(cut < 0 ? before.length() - AROUND_MAX : cut);
  }

  private static String right(String after) {
    if (after.length() <= AROUND_MAX) {
      return after;
    }
    int cut = after.lastIndexOf(' ', AROUND_MAX);
    return after.substring(0, cut <= 0 ? AROUND_MAX : cut) + " ...";
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }
}
