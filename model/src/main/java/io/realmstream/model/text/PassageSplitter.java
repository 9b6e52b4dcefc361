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
 * Time grows with the text, what is held beside it with the passages.
 */
public final class PassageSplitter {
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
    TokenCursor tokens = tokenizer.cursor(text);
    int start = 0;
    TextBreaks.Kind before = TextBreaks.Kind.PARAGRAPH;
    while (breaks.next()) {
      int count = tokens.countBefore(breaks.end(), pieces.room() + 1);
      if (count <= pieces.room()) {
        pieces.add(start, count, before, head(text, tokens, breaks.end()));
        tokens.skip(count);
      } else {
        addTokens(pieces, text, tokens, new Part(start, breaks.end(), before));
      }
      start = breaks.end();
      before = breaks.kind();
    }
    return passages(text, pieces.join());
  }

  /** What lies between two breaks; {@code before} is the first of them. */
  private record Part(int start, int end, TextBreaks.Kind before) {}

  /** Adds each token of a part that does not fit. */
  private static void addTokens(Pieces pieces, String text, TokenCursor tokens, Part part) {
    int start = part.start();
    TextBreaks.Kind before = part.before();
    while (tokens.countBefore(part.end(), 1) > 0) {
      pieces.add(start, 1, before, head(text, tokens, part.end()));
      tokens.skip(1);
      if (tokens.countBefore(part.end(), 1) > 0) {
        start = tokens.start(0);
        before = tokens.startsWord() ? TextBreaks.Kind.WORD : TextBreaks.Kind.TOKEN;
      }
    }
  }

  /** The first words from here on, those up to the next break. */
  private static String head(String text, TokenCursor tokens, int end) {
    int count = tokens.countBefore(end, HEAD_TOKENS);
    return count == 0 ? "" : text.substring(tokens.start(0), tokens.end(count - 1));
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
    int left = tower.tokensMax() - specialTokens - tokenizer.ids(before, tower.tokensMax()).length;
    return Math.max(left, Math.max(1, tower.tokensMax() / 4));
  }
}
