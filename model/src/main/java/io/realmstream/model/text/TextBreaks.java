package io.realmstream.model.text;

import java.text.BreakIterator;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The places of a text where it may be cut between words, one after the other. */
final class TextBreaks {

  /** How good a place is for a cut, from the worst. */
  enum Kind {
    /** Within a word. */
    TOKEN,
    /** Within a sentence. */
    WORD,
    /** The end of a line in what may be the middle of a sentence. */
    WRAP,
    SENTENCE,
    /** The end of a line and of a sentence; also where the next line begins with a mark. */
    LINE,
    /** An empty line. */
    PARAGRAPH
  }

  private static final Pattern NEW_LINE = Pattern.compile("\n\\s*+");

  private final String text;
  private final BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ROOT);
  private final Matcher lines;
  private int sentence;
  private int line;
  private int end;
  private Kind kind = Kind.PARAGRAPH;

  /** Stands at the beginning of the text. */
  TextBreaks(String text) {
    this.text = text;
    this.lines = NEW_LINE.matcher(text);
    sentences.setText(text);
    nextLine();
  }

  /** Goes to the next break; false at the text's end, which is the last one. */
  boolean next() {
    if (end == text.length()) {
      return false;
    }
    if (sentence == end) {
      sentence = sentences.next();
    }
    if (line == end) {
      nextLine();
    }
    end = Math.min(sentence, line);
    kind = line == end ? lineKind() : Kind.SENTENCE;
    return true;
  }

  /** Offset of the first character behind the break and the white space around it. */
  int end() {
    return end;
  }

  Kind kind() {
    return kind;
  }

  private void nextLine() {
    line = lines.find() ? lines.end() : text.length();
  }

  private Kind lineKind() {
    if (end == text.length() || text.lastIndexOf('\n', end - 1) > lines.start()) {
      return Kind.PARAGRAPH;
    }
    boolean mark = !Character.isLetterOrDigit(text.codePointAt(end));
    return mark || sentence == end ? Kind.LINE : Kind.WRAP;
  }
}
