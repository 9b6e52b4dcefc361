package io.realmstream.model.wikitext.text;

import io.realmstream.model.wikitext.draft.Mark;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a draft as text, so that {@code PassageSplitter} finds its breaks: an empty line between
 * paragraphs, each list item behind "- " in a line of its own, and the name of a section in the
 * line before its first paragraph. A section in which nothing is left has no name.
 */
public final class TextWriter {
  /** What a block is. */
  private enum Kind {
    PARAGRAPH,
    ITEM
  }

  private record Heading(int level, String text) {}

  private final StringBuilder text = new StringBuilder();

  /** The paragraph or item whose lines are being read. */
  private final StringBuilder block = new StringBuilder();

  private Kind kind = Kind.PARAGRAPH;

  /** Names of sections that have no content yet, from the outermost. */
  private final List<Heading> headings = new ArrayList<>();

  private TextWriter() {}

  /** The text of a draft, in Unicode's form NFC. */
  public static String write(String draft) {
    TextWriter writer = new TextWriter();
    StringBuilder line = new StringBuilder();
    for (int start = 0; start < draft.length(); ) {
      int end = draft.indexOf('\n', start);
      end = end < 0 ? draft.length() : end;
      line.setLength(0);
      Apostrophes.resolve(draft, start, end, line);
      writer.line(line.toString());
      start = end + 1;
    }
    writer.endBlock();
    return Normalization.nfc(writer.text.toString());
  }

  private void line(String line) {
    int start = 0;
    while (start < line.length() && isEmpty(line.charAt(start))) {
      start++;
    }
    int end = line.length();
    while (end > start && isEmpty(line.charAt(end - 1))) {
      end--;
    }
    if (start == end) {
      endBlock();
      return;
    }
    switch (line.charAt(start)) {
      case Mark.CELL -> {}
      case '=' -> heading(line.substring(start, end), line);
      case '*', '#', ':', ';' -> item(line, start);
      case '-' -> text(line.startsWith("----", start) ? ruled(line, start) : line);
      default -> text(line);
    }
  }

  private static boolean isEmpty(char character) {
    return character == ' ' || character == Mark.DROPPED || character == Mark.BREAK;
  }

  /** What stands behind a rule, which is four dashes or more. */
  private String ruled(String line, int start) {
    endBlock();
    int end = start;
    while (end < line.length() && line.charAt(end) == '-') {
      end++;
    }
    return line.substring(end);
  }

  private void heading(String stripped, String line) {
    int left = 0;
    while (left < stripped.length() && stripped.charAt(left) == '=') {
      left++;
    }
    int right = 0;
    while (right < stripped.length() - left
        && stripped.charAt(stripped.length() - 1 - right) == '=') {
      right++;
    }
    int level = Math.min(6, Math.min(left, right));
    if (level == 0) {
      text(line);
      return;
    }
    endBlock();
    String name = stripped.substring(level, stripped.length() - level).replace(Mark.BREAK, ' ');
    headings.removeIf(heading -> heading.level() >= level);
    String mended = Mending.mend(name);
    if (!mended.isEmpty()) {
      headings.add(new Heading(level, mended));
    }
  }

  /** "*" and "#" have a mark; ":" is a line, and so is ";", which may have its definition in it. */
  private void item(String line, int start) {
    endBlock();
    int end = start;
    while (end < line.length() && "*#:;".indexOf(line.charAt(end)) >= 0) {
      end++;
    }
    char last = line.charAt(end - 1);
    kind = Kind.ITEM;
    block.append(last == '*' || last == '#' ? "- " : "");
    block.append(last == ';' ? line.substring(end).replace(" : ", ": ") : line.substring(end));
    endBlock();
  }

  /** A line of a paragraph; one that begins with a space keeps its end. */
  private void text(String line) {
    if (block.length() > 0) {
      block.append(line.startsWith(" ") ? Mark.BREAK : ' ');
    }
    block.append(line);
  }

  private void endBlock() {
    String mended = Mending.mend(block);
    if (!mended.isEmpty() && !mended.equals("-")) {
      append(mended);
    }
    block.setLength(0);
    kind = Kind.PARAGRAPH;
  }

  private void append(String mended) {
    boolean near = kind == Kind.ITEM && headings.isEmpty();
    if (text.length() > 0) {
      text.append(near ? "\n" : "\n\n");
    }
    for (Heading heading : headings) {
      text.append(heading.text()).append('\n');
    }
    text.append(mended);
    headings.clear();
  }
}
