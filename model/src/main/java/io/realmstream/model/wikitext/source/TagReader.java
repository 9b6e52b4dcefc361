package io.realmstream.model.wikitext.source;

import io.realmstream.model.wikitext.draft.Bracket.Kind;
import io.realmstream.model.wikitext.draft.Draft;
import io.realmstream.model.wikitext.draft.Mark;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads what begins with &lt;: comments, HTML, and the tags of MediaWiki's extensions. */
final class TagReader {
  private static final int NAME_MAX = 20;

  /** A formula that reads as text; all others are dropped. */
  private static final Pattern PLAIN_FORMULA =
      Pattern.compile("[\\p{L}\\p{N} +\\-−*/=<>≤≥(),.:;!|'^_\\[\\]]{1,200}");

  private final Source source;
  private final Draft draft;
  private final CharacterReader characters;
  private final TableReader tables;
  private int poems;

  TagReader(Source source, Draft draft, CharacterReader characters, TableReader tables) {
    this.source = source;
    this.draft = draft;
    this.characters = characters;
    this.tables = tables;
  }

  /** Whether each line is a line of text of its own. */
  boolean isInPoem() {
    return poems > 0;
  }

  /**
   * At a {@code <}.
   *
   * @return whether the line's end that follows is to be taken, too
   */
  boolean read() {
    if (source.startsWith("<!--")) {
      return comment();
    }
    tag();
    return false;
  }

  private void tag() {
    boolean closing = source.ahead(1) == '/';
    int nameStart = closing ? 2 : 1;
    int nameEnd = nameStart;
    while (nameEnd - nameStart < NAME_MAX && isLetterOrDigit(source.ahead(nameEnd))) {
      nameEnd++;
    }
    String name =
        source
            .text()
            .substring(source.at() + nameStart, source.at() + nameEnd)
            .toLowerCase(Locale.ROOT);
    Tag tag = " \t\n\r/>".indexOf(source.ahead(nameEnd)) < 0 ? null : Tag.of(name);
    int end = tag == null ? -1 : end(nameEnd);
    if (tag == null || end < 0) {
      source.skip(1);
      draft.append('<');
      return;
    }
    boolean empty = source.ahead(end - 1) == '/';
    source.skip(end + 1);
    if (closing) {
      close(tag, name);
    } else {
      open(tag, name, empty);
    }
  }

  private static boolean isLetterOrDigit(char character) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9');
  }

  /** Places from here to the tag's end; -1 if another tag begins before, or nothing follows. */
  private int end(int from) {
    for (int i = from; source.at() + i < source.end(); i++) {
      draft.addSteps(1);
      char character = source.ahead(i);
      if (character == '>') {
        return i;
      }
      if (character == '<') {
        return -1;
      }
    }
    return -1;
  }

  /** A comment that has lines of its own takes the end of the last with it. */
  private boolean comment() {
    int from = source.at();
    boolean startsLine = draft.lineIsBlank() && draft.last() != Mark.DROPPED;
    int end = source.find("-->");
    source.goTo(end < 0 ? source.end() : end + 3);
    draft.addSteps(source.at() - from);
    boolean wholeLines = startsLine && source.restOfLineIsBlank();
    if (wholeLines) {
      source.goTo(source.afterSpaces());
    }
    return wholeLines;
  }

  private void open(Tag tag, String name, boolean empty) {
    switch (tag) {
      case INLINE -> {}
      case SUPERSCRIPT -> superscript();
      case QUOTE -> draft.append('"');
      case BREAK -> draft.append(Mark.BREAK);
      case PARAGRAPH -> draft.endParagraph();
      case ITEM -> startLine("* ");
      case DEFINITION -> startLine(": ");
      case ROW -> startLine("");
      case CELL -> draft.append(' ');
      case TABLE -> {
        draft.endParagraph();
        draft.open(Kind.TABLE, source.at());
      }
      case HEADING -> draft.append("\n\n" + equalsSigns(name) + " ");
      case POEM, NOWIKI, PREFORMATTED, FORMULA, DROPPED -> {
        if (!empty) {
          content(tag, name);
        } else if (tag == Tag.NOWIKI) {
          draft.append(Mark.TEXT);
        } else {
          draft.append(Mark.DROPPED);
        }
      }
    }
  }

  private void close(Tag tag, String name) {
    switch (tag) {
      case QUOTE -> draft.append('"');
      case BREAK -> draft.append(Mark.BREAK);
      case PARAGRAPH -> draft.endParagraph();
      case TABLE -> draft.append(tables.close(List.of(Kind.LINK)) ? "\n\n" : "");
      case HEADING -> draft.append(" " + equalsSigns(name) + "\n");
      case POEM -> {
        draft.append(poems > 0 ? "\n\n" : "");
        poems = Math.max(0, poems - 1);
      }
      default -> {}
    }
  }

  /** "10<sup>6</sup>" is 10^6, "km<sup>2</sup>" is km2, "1<sup>st</sup>" is 1st. */
  private void superscript() {
    char next = source.ahead(0);
    boolean number = (next >= '0' && next <= '9') || next == '-' || next == '−';
    if (number && Character.isDigit(draft.last())) {
      draft.append('^');
    }
  }

  /** As many as a heading of wikitext has for h2 and the like. */
  private static String equalsSigns(String name) {
    return "=".repeat(name.charAt(1) - '0');
  }

  private void startLine(String marks) {
    draft.append(draft.lineIsBlank() ? marks : "\n" + marks);
  }

  /** A tag that says how its content is to be taken, so only with an end. */
  private void content(Tag tag, String name) {
    int from = source.at();
    int end = source.find("</" + name);
    if (end < 0) {
      draft.append(' ');
      return;
    }
    if (tag == Tag.POEM) {
      poems++;
      draft.append("\n\n");
      return;
    }
    draft.addSteps(end - from);
    switch (tag) {
      case NOWIKI -> characters.text(from, end, '\n');
      case PREFORMATTED -> {
        draft.endParagraph();
        characters.text(from, end, Mark.BREAK);
        draft.append("\n\n");
      }
      case FORMULA -> formula(source.text().substring(from, end).strip());
      default -> draft.append(Mark.DROPPED);
    }
    source.goTo(end);
    source.skip(source.run('<') + 1 + name.length());
    int close = end(0);
    source.skip(close < 0 ? 0 : close + 1);
  }

  private void formula(String formula) {
    if (PLAIN_FORMULA.matcher(formula).matches()) {
      draft.append(formula.replace('\n', ' '));
    } else {
      draft.append(Mark.DROPPED);
    }
  }
}
