package io.realmstream.deploy.cli.ask;

import io.realmstream.deploy.cli.console.Excerpt;
import io.realmstream.schemas.answer.Span;
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
    return Excerpt.message(
        left(text.substring(start, span.start()))
            + "["
            + Excerpt.name(text.substring(span.start(), span.end()))
            + "]"
            + right(text.substring(span.end(), end)));
  }

  /** The beginning of a passage in which nothing is quoted. */
  static String beginning(String text) {
    return Excerpt.of(text, AROUND_MAX);
  }

  private static String left(String before) {
    if (before.length() <= AROUND_MAX) {
      return before;
    }
    int first = before.length() - AROUND_MAX;
    int cut = before.indexOf(' ', first);
    if (cut < 0) {
      cut = Character.isLowSurrogate(before.charAt(first)) ? first + 1 : first;
    }
    return "..." + before.substring(cut);
  }

  private static String right(String after) {
    boolean spaced = !after.isEmpty() && Character.isWhitespace(after.charAt(0));
    return (spaced ? " " : "") + Excerpt.of(after, AROUND_MAX);
  }
}
