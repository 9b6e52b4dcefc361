package io.realmstream.model.wikitext.source;

import io.realmstream.model.wikitext.draft.Draft;
import io.realmstream.model.wikitext.draft.Mark;
import io.realmstream.model.wikitext.facts.Entities;
import io.realmstream.model.wikitext.facts.Entities.Entity;
import org.jspecify.annotations.Nullable;

/**
 * Reads characters that are text. It decodes entities, evens out white space, and drops or replaces
 * what no text may have.
 */
final class CharacterReader {
  private static final char REPLACEMENT = '\ufffd';

  private final Source source;
  private final Draft draft;

  CharacterReader(Source source, Draft draft) {
    this.source = source;
    this.draft = draft;
  }

  /** At an ampersand. */
  void entity() {
    Entity entity = Entities.at(source.text(), source.at());
    if (entity == null || source.at() + entity.length() > source.end()) {
      draft.append('&');
      source.skip(1);
      return;
    }
    source.skip(entity.length());
    append(entity);
  }

  /** Characters of lists and headings that come from an entity are not markup. */
  private void append(Entity entity) {
    boolean guarded = "*#:;=- ".contains(entity.character());
    if (guarded) {
      draft.append(Mark.TEXT);
    }
    characters(entity.character());
    if (guarded) {
      draft.append(Mark.TEXT);
    }
  }

  /** Appends the character here, which is not markup; of a surrogate pair, both halves. */
  void character() {
    int codePoint = source.text().codePointAt(source.at());
    source.skip(Character.charCount(codePoint));
    character(codePoint);
  }

  /**
   * Appends a part of the wikitext in which nothing but entities is markup.
   *
   * @param lineEnd what a line's end becomes
   */
  void text(int from, int to, char lineEnd) {
    draft.append(Mark.TEXT);
    for (int i = from; i < to; ) {
      int codePoint = source.text().codePointAt(i);
      Entity entity = codePoint == '&' ? entity(i, to) : null;
      if (entity != null) {
        characters(entity.character());
        i += entity.length();
        continue;
      }
      i += Character.charCount(codePoint);
      if (codePoint == '\n') {
        draft.append(lineEnd);
        draft.append(Mark.TEXT);
      } else {
        character(codePoint);
      }
    }
    draft.append(Mark.TEXT);
  }

  private @Nullable Entity entity(int at, int to) {
    Entity entity = Entities.at(source.text(), at);
    return entity == null || at + entity.length() > to ? null : entity;
  }

  private void characters(String text) {
    text.codePoints().forEach(this::character);
  }

  private void character(int codePoint) {
    if (Character.isSpaceChar(codePoint) || Character.isWhitespace(codePoint)) {
      draft.append(' ');
    } else if (codePoint <= Character.MAX_VALUE && isUnfit((char) codePoint)) {
      draft.append(REPLACEMENT);
    } else if (!isInvisible(codePoint)) {
      Character.toString(codePoint).chars().forEach(c -> draft.append((char) c));
    }
  }

  /** Half a pair, and what Unicode keeps for programs. */
  private static boolean isUnfit(char character) {
    return Character.isSurrogate(character) || Mark.isMark(character) || character >= '\ufffe';
  }

  /** Control characters; soft hyphen, zero width space, word joiner and byte order mark. */
  private static boolean isInvisible(int codePoint) {
    return Character.isISOControl(codePoint)
        || codePoint == 0xad
        || codePoint == 0x200b
        || codePoint == 0x2060
        || codePoint == 0xfeff;
  }
}
