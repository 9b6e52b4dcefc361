package io.realmstream.model.learning.example;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A sentence of a text: {@code text.substring(start, end)}, without white space at its ends.
 *
 * @param start offset of its first character, in UTF-16 units
 * @param end offset behind its last
 */
public record Sentence(String text, int start, int end) {
  /** A longer one is a list, or not text at all. */
  static final int CHARACTERS_MAX = 1_000;

  private static final int WORDS_MIN = 8;
  private static final int WORDS_MAX = 60;
  private static final Pattern WHITE_SPACE = Pattern.compile("\\s+");

  /** An ending that is a shortened word rather than the end of a sentence. */
  private static final Pattern ABBREVIATION =
      Pattern.compile(
          "(?:^|.*[\\s(\"'])(?:\\p{Lu}|(?:\\p{L}\\.)+\\p{L}|Mr|Mrs|Ms|Dr|Prof|St|Mt|Gen|Col|Lt|Capt"
              + "|Rev|Sr|Jr|vs|No|ca|c|cf|approx|Inc|Ltd|Co|Corp|Bros)\\.\\s*",
          Pattern.DOTALL);

  /** How far back an abbreviation is looked for. */
  private static final int ENDING = 16;

  /** The sentences of a text, in order. */
  public static List<Sentence> of(String text) {
    BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ROOT);
    breaks.setText(text);
    List<Sentence> sentences = new ArrayList<>();
    int start = breaks.first();
    for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
      boolean over = end == text.length() || !endsShortened(text, start, end);
      if (over) {
        addTrimmed(text, start, end, sentences);
        start = end;
      }
    }
    return sentences;
  }

  /** Whether it says enough to be learned from and is not a list: 8 to 60 words. */
  public boolean isTelling() {
    if (text.length() > CHARACTERS_MAX) {
      return false;
    }
    int words = WHITE_SPACE.split(text).length;
    return words >= WORDS_MIN && words <= WORDS_MAX;
  }

  private static boolean endsShortened(String text, int start, int end) {
    return ABBREVIATION.matcher(text.substring(Math.max(start, end - ENDING), end)).matches();
  }

  private static void addTrimmed(String text, int start, int end, List<Sentence> to) {
    int from = start;
    int until = end;
    while (from < until && Character.isWhitespace(text.charAt(from))) {
      from++;
    }
    while (until > from && Character.isWhitespace(text.charAt(until - 1))) {
      until--;
    }
    if (from < until) {
      to.add(new Sentence(text.substring(from, until), from, until));
    }
  }
}
