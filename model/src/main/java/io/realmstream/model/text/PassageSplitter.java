package io.realmstream.model.text;

import io.realmstream.schemas.version.EncoderTower;
import io.realmstream.schemas.version.TitleForm;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Splits a text into passages: as many whole sentences each as the encoder takes beside prefix,
 * title and special tokens. A longer sentence is cut between words, a longer word between tokens.
 * The same title and text always give the same passages; every token of the text is in one of them.
 * Time is linear in the text's length.
 */
public final class PassageSplitter {
  /** Sentences are tokenized together up to about so many characters, to bound the memory. */
  private static final int BLOCK_CHARS = 1 << 15;

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
    Split split = new Split(text, room(title));
    BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ROOT);
    sentences.setText(text);
    List<Integer> ends = new ArrayList<>();
    int blockStart = 0;
    for (int end = sentences.next(); end != BreakIterator.DONE; end = sentences.next()) {
      ends.add(end);
      if (end - blockStart >= BLOCK_CHARS || end == text.length()) {
        split.block(blockStart, tokenizer.tokenize(text.substring(blockStart, end)), ends);
        ends.clear();
        blockStart = end;
      }
    }
    return split.passages();
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

  /** One text on its way into passages; [start, end) with its tokens is the passage that grows. */
  private static final class Split {
    private final String text;
    private final int room;
    private final List<PassageText> passages = new ArrayList<>();
    private int start;
    private int end;
    private int tokens;

    Split(String text, int room) {
      this.text = text;
      this.room = room;
    }

    /** Adds the sentences of a block of text that begins at {@code offset}. */
    void block(int offset, Tokens block, List<Integer> sentenceEnds) {
      int first = 0;
      for (int sentenceEnd : sentenceEnds) {
        int next = first;
        while (next < block.count() && offset + block.starts()[next] < sentenceEnd) {
          next++;
        }
        while (next - first > room) {
          int cut = cut(block, first);
          add(offset + block.starts()[cut], cut - first);
          first = cut;
        }
        add(sentenceEnd, next - first);
        first = next;
      }
    }

    /** The last word's start within the room from {@code first}, else where the room ends. */
    private int cut(Tokens block, int first) {
      for (int cut = first + room; cut > first; cut--) {
        if (block.wordStarts()[cut]) {
          return cut;
        }
      }
      return first + room;
    }

    /** Adds a piece, from where the passage ends to {@code pieceEnd}; or begins one with it. */
    private void add(int pieceEnd, int pieceTokens) {
      if (tokens + pieceTokens > room) {
        finish();
      }
      end = pieceEnd;
      tokens += pieceTokens;
    }

    private void finish() {
      int from = start;
      int to = end;
      while (from < to && Character.isWhitespace(text.charAt(from))) {
        from++;
      }
      while (to > from && Character.isWhitespace(text.charAt(to - 1))) {
        to--;
      }
      if (tokens > 0) {
        passages.add(new PassageText(text.substring(from, to), from, to));
      }
      start = end;
      tokens = 0;
    }

    List<PassageText> passages() {
      finish();
      return passages;
    }
  }
}
