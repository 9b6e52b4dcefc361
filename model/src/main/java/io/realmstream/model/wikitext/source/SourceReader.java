package io.realmstream.model.wikitext.source;

import io.realmstream.model.wikitext.draft.Bracket.Kind;
import io.realmstream.model.wikitext.draft.Draft;
import io.realmstream.model.wikitext.draft.Mark;
import io.realmstream.model.wikitext.template.TemplateTable;

/**
 * Reads wikitext into a draft, each character once: what a character may begin is decided where it
 * stands, by the character and the innermost bracket that is open.
 */
public final class SourceReader {
  /** Characters that may be markup; of all others, runs are copied. */
  private static final String MARKUP = "\n\r&'<[]{}|=_";

  /** By character: those of ASCII that are copied. */
  private static final boolean[] PLAIN_ASCII = plainAscii();

  private final Source source;
  private final Draft draft = new Draft();
  private final SourceLimits limits;
  private final CharacterReader characters;
  private final LinkReader links;
  private final TemplateReader templates;
  private final TableReader tables;
  private final TagReader tags;
  private boolean inHeading;

  /**
   * @param captions whether the captions of files are kept
   */
  public SourceReader(String wikitext, TemplateTable table, boolean captions, SourceLimits limits) {
    this.source = new Source(wikitext, Math.min(wikitext.length(), limits.charsMax()));
    this.limits = limits;
    this.characters = new CharacterReader(source, draft);
    this.links = new LinkReader(source, draft, captions);
    this.templates = new TemplateReader(source, draft, links, table);
    this.tables = new TableReader(source, draft);
    this.tags = new TagReader(source, draft, characters, tables);
  }

  /**
   * Reads to the end or to the first limit.
   *
   * @return what was read; what was open at the end has left its text there
   */
  public Draft read() {
    startLine();
    while (source.hasMore() && !isAtLimit()) {
      next();
    }
    links.endParagraph();
    return draft;
  }

  /** Whether the reading ended before the wikitext did. */
  public boolean isCut() {
    return source.at() < source.text().length();
  }

  /** Characters that were read, copied and looked through. */
  public long steps() {
    return source.steps() + draft.steps();
  }

  private boolean isAtLimit() {
    return draft.openedCount() >= limits.bracketsMax() || steps() >= limits.stepsMax();
  }

  private void next() {
    char character = source.ahead(0);
    switch (character) {
      case '\n' -> lineEnd();
      case '\r' -> source.skip(1);
      case '&' -> characters.entity();
      case '\'' -> apostrophes();
      case '<' -> tag();
      case '[' -> links.open();
      case ']' -> links.close();
      case '{' -> brace();
      case '}' -> templates.close();
      case '|' -> bar();
      case '=' -> equalsSign();
      case '_' -> underscores();
      default -> text();
    }
  }

  private void lineEnd() {
    source.skip(1);
    links.endLine();
    inHeading = false;
    if (source.restOfLineIsBlank()) {
      links.endParagraph();
    }
    boolean goesOn = tags.isInPoem() && !draft.lineIsBlank() && !source.restOfLineIsBlank();
    draft.append(goesOn ? Mark.BREAK : '\n');
    startLine();
  }

  private void startLine() {
    tables.startLine();
    if (source.ahead(0) == '=') {
      inHeading = true;
    }
  }

  /** Two are italic, three bold, five both; a fourth, and those beyond five, are text. */
  private void apostrophes() {
    int run = source.run('\'');
    source.skip(run);
    int text = run == 1 ? 1 : run == 4 ? 1 : Math.max(0, run - 5);
    draft.append("'".repeat(text));
    switch (run - text) {
      case 0 -> {}
      case 2 -> draft.append(Mark.ITALIC);
      case 3 -> draft.append(Mark.BOLD);
      default -> draft.append(Mark.BOLD_ITALIC);
    }
  }

  private void tag() {
    if (tags.read()) {
      source.skip(source.run('\r') + 1);
      startLine();
    }
  }

  private void brace() {
    if (!tables.open()) {
      templates.open();
    }
  }

  private void bar() {
    source.skip(1);
    if (draft.isIn(Kind.BRACES) || draft.isIn(Kind.LINK)) {
      draft.bar();
    } else {
      draft.append('|');
    }
  }

  private void equalsSign() {
    source.skip(1);
    if (draft.isIn(Kind.BRACES) && !inHeading) {
      draft.equalsSign();
    } else {
      draft.append('=');
    }
  }

  /** A magic word, such as __NOTOC__, is dropped. */
  private void underscores() {
    int end = 2;
    while (source.ahead(1) == '_' && end < 40 && Character.isUpperCase(source.ahead(end))) {
      end++;
    }
    if (end > 3 && source.ahead(end) == '_' && source.ahead(end + 1) == '_') {
      source.skip(end + 2);
      draft.append(Mark.DROPPED);
    } else {
      source.skip(1);
      draft.append('_');
    }
  }

  private void text() {
    int from = source.at();
    int to = from;
    while (to < source.end() && isPlain(source.text().charAt(to))) {
      to++;
    }
    if (to > from) {
      draft.append(source.text(), from, to);
      source.goTo(to);
    } else {
      characters.character();
    }
  }

  private static boolean[] plainAscii() {
    boolean[] plain = new boolean[0x7f];
    for (char character = ' '; character < plain.length; character++) {
      plain[character] = MARKUP.indexOf(character) < 0;
    }
    return plain;
  }

  /** Whether it is a letter or a sign that needs no second look: nearly all of most languages. */
  private static boolean isPlain(char character) {
    if (character < PLAIN_ASCII.length) {
      return PLAIN_ASCII[character];
    }
    return (character >= '\u00c0' && character < '\u1680')
        || (character >= '\u1e00' && character < '\u2000')
        || (character >= '\u2010' && character < '\u2028')
        || (character > '\u3000' && character < Character.MIN_SURROGATE);
  }
}
