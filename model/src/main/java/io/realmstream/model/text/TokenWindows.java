package io.realmstream.model.text;

import java.util.function.Function;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a text of any length, a window of it at a time: they are those of the whole text,
 * and what the native library holds at once does not grow with the text.
 *
 * <p>The text is cut between words, at white space where the window has some. A word counts only if
 * {@value #OVERLAP} more characters were seen behind its beginning: a special token such as [SEP]
 * is several words if it is cut. The rest is seen again at the beginning of the next window, which
 * begins where the last word that counts ends.
 *
 * <p>A word that does not end within a window is too long for WordPiece, which has one token for
 * it: its end is looked for, window by window. Another tokenizer's word of that length is cut hard,
 * and the tokens at the cut may differ from those of the whole text. So may those of a word with
 * {@value #OVERLAP} invisible characters in a row.
 *
 * <p>Where the tokenizer allows it, all this is for words longer than a window only: the others are
 * {@link KnownWords}.
 */
final class TokenWindows {
  /** More than the longest special token has characters. */
  static final int OVERLAP = 128;

  /** For a tokenizer without a token for words that are too long. */
  static final long NO_TOKEN = -1;

  private final String text;
  private final Function<String, Tokens> tokenize;
  private final long tooLong;
  private final int windowChars;
  private final @Nullable KnownWords known;

  private int from;
  private int end;
  private boolean inWord;

  /**
   * How a tokenizer sees a window.
   *
   * @param tokenize called with at most {@code chars} characters
   * @param tooLong id of the token that stands for a word of any length; {@link #NO_TOKEN}
   * @param chars more than twice {@link #OVERLAP}
   */
  record Window(Function<String, Tokens> tokenize, long tooLong, int chars) {
    /** Refuses windows that overlap whole. */
    Window {
      if (chars <= 2 * OVERLAP) {
        throw new IllegalArgumentException("a window of " + chars + " characters is too short");
      }
    }
  }

  /**
   * @param known null = words depend on what stands beside them
   */
  TokenWindows(String text, Window window, @Nullable KnownWords known) {
    this.text = text;
    this.tokenize = window.tokenize;
    this.tooLong = window.tooLong;
    this.windowChars = window.chars;
    this.known = known;
  }

  /** Whether the whole text was seen. */
  boolean done() {
    return from == text.length();
  }

  /** The next tokens, with offsets in the whole text; may be none, in white space. */
  Tokens next() {
    int start = from;
    if (known != null) {
      end = known.end(text, start, windowChars);
      if (end > start) {
        Tokens words = known.tokens(text, start, end);
        return taken(words, words.count(), end, 0);
      }
    }
    Tokens tokens = window();
    int limit = end - start - OVERLAP;
    if (end == text.length()) {
      return taken(tokens, tokens.count(), end);
    }
    if (tokens.count() == 0) {
      from = lastOfRun(start + limit, Character::isWhitespace);
      return tokens;
    }
    int count = wholeWords(tokens, start, limit);
    if (count > 0) {
      return taken(tokens, count, behind(tokens, count, start + limit));
    }
    if (tokens.firstWord() == 1 && tokens.ids()[0] == tooLong) {
      return tooLongWord(tokens, limit);
    }
    return cutHard(tokens, limit);
  }

  /** The tokens from {@code from} to {@code end}, with offsets from {@code from} on. */
  private Tokens window() {
    end = betweenPairs(Math.min(text.length(), from + windowChars));
    return tokenize.apply(text.substring(from, end));
  }

  /** Tokens of the words that count, up to white space if there is some. */
  private int wholeWords(Tokens tokens, int start, int limit) {
    int words = 0;
    for (int i = tokens.count() - 1; i > 0; i--) {
      int cut = tokens.ends()[i - 1];
      int next = tokens.starts()[i];
      if (tokens.wordStarts()[i] && next <= limit && cut <= next && cut > 0) {
        words = Math.max(words, i);
        if (Character.isWhitespace(text.charAt(start + cut))) {
          return i;
        }
      }
    }
    int first = tokens.firstWord();
    int firstEnd = tokens.ends()[first - 1];
    return words == 0 && firstEnd > 0 && firstEnd <= limit ? first : words;
  }

  /** Goes to the end of the word that the window begins with. */
  private Tokens tooLongWord(Tokens tokens, int limit) {
    int start = from;
    Tokens rest;
    int wordEnd = 0;
    int seen = start + limit;
    do {
      // the window begins within the word: it begins with a part of it
      from = lastOfRun(seen, TokenWindows::isAsciiLetterOrDigit);
      rest = window();
      wordEnd = rest.count() == 0 ? from : from + rest.ends()[rest.firstWord() - 1];
      seen = end - OVERLAP;
    } while (wordEnd > seen && end < text.length());
    int next = end == text.length() ? end : seen;
    next = rest.count() == 0 ? next : behind(rest, rest.firstWord(), next);
    int[] starts = {tokens.starts()[0]};
    int[] ends = {wordEnd - start};
    from = start;
    return taken(new Tokens(new long[] {tooLong}, starts, ends, new boolean[] {true}), 1, next);
  }

  /**
   * Where the window behind so many tokens of this one begins. Combining characters that the
   * tokenizer leaves out of a word's offsets stay with it.
   *
   * @param otherwise if there is no other token
   */
  private int behind(Tokens tokens, int count, int otherwise) {
    int wordEnd = from + tokens.ends()[count - 1];
    if (wordEnd < text.length() && Character.isWhitespace(text.charAt(wordEnd))) {
      return wordEnd;
    }
    return count < tokens.count() ? from + tokens.starts()[count] : otherwise;
  }

  private Tokens cutHard(Tokens tokens, int limit) {
    int count = 0;
    while (count < tokens.count() && tokens.ends()[count] <= limit) {
      count++;
    }
    boolean some = count > 0 && tokens.ends()[count - 1] > 0;
    Tokens taken =
        some
            ? taken(tokens, count, from + tokens.ends()[count - 1])
            : taken(tokens, tokens.count(), end);
    inWord = true;
    return taken;
  }

  /** The first tokens of this window; the next one begins at {@code next}. */
  private Tokens taken(Tokens tokens, int count, int next) {
    return taken(tokens, count, next, from);
  }

  /**
   * @param before characters of the text before those that the tokens' offsets count
   */
  private Tokens taken(Tokens tokens, int count, int next, int before) {
    Tokens taken = (count == tokens.count() ? tokens : tokens.range(0, count)).behind(before);
    if (inWord && count > 0) {
      taken.wordStarts()[0] = false;
      inWord = false;
    }
    from = next;
    return taken;
  }

  /** The last character of a run that begins there; the place itself if there is none. */
  private int lastOfRun(int at, IntPredicate run) {
    int next = at;
    while (next < text.length() && run.test(text.charAt(next))) {
      next++;
    }
    return betweenPairs(Math.max(at, next - 1));
  }

  private static boolean isAsciiLetterOrDigit(int character) {
    return character < 128 && Character.isLetterOrDigit(character);
  }

  /** The place, or the one before if it is within a surrogate pair. */
  private int betweenPairs(int at) {
    boolean within =
        at > 0
            && at < text.length()
            && Character.isSurrogatePair(text.charAt(at - 1), text.charAt(at));
    return within ? at - 1 : at;
  }
}
