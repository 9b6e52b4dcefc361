package io.realmstream.model.text;

import io.realmstream.schemas.version.EncoderTower;
import io.realmstream.schemas.version.TitleForm;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a text into passages of whole sentences that the encoder takes whole, beside prefix, title
 * and special tokens, so that an edit changes only the passages that it touches.
 *
 * <p>Each sentence begins as a passage of its own. Then every break between two passages is looked
 * at once, the weakest first: if both sides fit into one passage, they become one. Breaks within a
 * sentence are weaker than those between sentences, these weaker than line ends, these weaker than
 * empty lines; among equals, a hash of the words that follow decides. So whether a break stays
 * depends on the text between the next stronger breaks before and behind it, never on how far from
 * the beginning it stands, as it does when passages are filled from there.
 *
 * <p>A sentence that does not fit is cut between words, a word that does not fit between tokens.
 * The same title and text always give the same passages, every token of the text is in one of them.
 * Time is that of sorting the breaks.
 */
public final class PassageSplitter {
  /** Sentences are tokenized together up to about so many characters, to bound the memory. */
  private static final int BLOCK_CHARS = 1 << 15;

  /** As many tokens behind a break are hashed: enough to differ, few enough to be edited seldom. */
  private static final int HEAD_TOKENS = 6;

  private final Tokenizer tokenizer;
  private final EncoderTower tower;

  /**
   * @param tokenizer the tower's
   */
  public PassageSplitter(Tokenizer tokenizer, EncoderTower tower) {
    this.tokenizer = tokenizer;
    this.tower = tower;
  }

  /** The passages in text order; none for a text without tokens. */
  public List<PassageText> split(String title, String text) {
    Pieces pieces = new Pieces(room(title));
    TextBreaks breaks = new TextBreaks(text);
    List<Part> parts = new ArrayList<>();
    int start = 0;
    TextBreaks.Kind before = TextBreaks.Kind.PARAGRAPH;
    while (breaks.next()) {
      parts.add(new Part(breaks.end(), before));
      before = breaks.kind();
      // a whole sentence at the end: what is tokenized together must not depend on where it stands
      if (breaks.end() - start >= BLOCK_CHARS || breaks.end() == text.length()) {
        add(pieces, text.substring(start, breaks.end()), start, parts);
        parts.clear();
        start = breaks.end();
      }
    }
    return passages(text, pieces.join());
  }

  /** What lies between two breaks; {@code before} is the first of them. */
  private record Part(int end, TextBreaks.Kind before) {}

  /** Adds the parts of a block of text that begins at {@code offset}. */
  private void add(Pieces pieces, String block, int offset, List<Part> parts) {
    Tokens tokens = tokenizer.tokenize(block);
    int start = 0;
    int first = 0;
    for (Part part : parts) {
      int end = part.end() - offset;
      int next = first;
      while (next < tokens.count() && tokens.starts()[next] < end) {
        next++;
      }
      if (pieces.fit(next - first)) {
        pieces.add(offset + start, next - first, part.before(), head(block, tokens, first, next));
      } else {
        for (int i = first; i < next; i++) {
          TextBreaks.Kind word =
              tokens.wordStarts()[i] ? TextBreaks.Kind.WORD : TextBreaks.Kind.TOKEN;
          int at = i == first ? start : tokens.starts()[i];
          TextBreaks.Kind before = i == first ? part.before() : word;
          pieces.add(offset + at, 1, before, head(block, tokens, i, next));
        }
      }
      start = end;
      first = next;
    }
  }

  /** The first words from a break on, those up to the next break. */
  private static String head(String block, Tokens tokens, int first, int next) {
    int end = Math.min(next, first + HEAD_TOKENS);
    return first == end ? "" : block.substring(tokens.starts()[first], tokens.ends()[end - 1]);
  }

  private static List<PassageText> passages(String text, List<Integer> starts) {
    List<PassageText> passages = new ArrayList<>();
    for (int i = 0; i < starts.size(); i++) {
      int from = starts.get(i);
      int to = i + 1 < starts.size() ? starts.get(i + 1) : text.length();
      while (from < to && Character.isWhitespace(text.charAt(from))) {
        from++;
      }
      while (to > from && Character.isWhitespace(text.charAt(to - 1))) {
        to--;
      }
      passages.add(new PassageText(text.substring(from, to), from, to));
    }
    return passages;
  }

  /**
   * Tokens left for the body. A title that leaves less than a quarter is reckoned to leave that:
   * its passages will be truncated, and say so, instead of being shredded.
   */
  private int room(String title) {
    String before =
        switch (tower.title()) {
          case NONE -> tower.prefix();
          case TEXT, SEGMENT -> tower.prefix() + title;
        };
    int specialTokens = tower.title() == TitleForm.SEGMENT ? 3 : 2;
    int left = tower.tokensMax() - specialTokens - tokenizer.ids(before).length;
    return Math.max(left, Math.max(1, tower.tokensMax() / 4));
  }
}
