package io.realmstream.model.text;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Characters that are a word of their own whatever stands beside them, each with its token: Chinese
 * characters and punctuation, as far as the tokenizer itself takes them out of a word. It is asked
 * once for each 256 code points. Safe for use by many threads.
 */
final class LoneCharacters {
  /** For a character that may be part of a word. */
  static final long NONE = -1;

  private static final int PAGE_BITS = 8;
  private static final int PAGE = 1 << PAGE_BITS;
  private static final String LETTER = "x";

  private final Function<String, Tokens> tokenize;
  private final List<String> added;
  private final BitSet ofAdded = new BitSet();
  private final AtomicReferenceArray<long @Nullable []> pages =
      new AtomicReferenceArray<>((Character.MAX_CODE_POINT >> PAGE_BITS) + 1);

  /**
   * @param tokenize of a tokenizer whose rules look at one character at a time
   * @param added tokens that are found before words are, such as [SEP]; theirs are not alone
   */
  LoneCharacters(Function<String, Tokens> tokenize, List<String> added) {
    this.tokenize = tokenize;
    this.added = added.stream().filter(token -> !token.isEmpty()).toList();
    this.added.forEach(token -> token.codePoints().forEach(ofAdded::set));
  }

  /** The token of the character that begins there, if it is alone; {@link #NONE} for any other. */
  long token(String text, int at) {
    int codePoint = text.codePointAt(at);
    long token = token(codePoint);
    return token != NONE && ofAdded.get(codePoint) && isWithinAdded(text, at) ? NONE : token;
  }

  private boolean isWithinAdded(String text, int at) {
    for (String token : added) {
      for (int before = 0; before < token.length(); before++) {
        if (text.startsWith(token, at - before)) {
          return true;
        }
      }
    }
    return false;
  }

  private long token(int codePoint) {
    int number = codePoint >> PAGE_BITS;
    long[] page = pages.get(number);
    if (page == null) {
      page = page(number << PAGE_BITS);
      pages.set(number, page);
    }
    return page[codePoint & (PAGE - 1)];
  }

  /** Asks for all of them at once, each between two letters. */
  private long[] page(int first) {
    long[] page = new long[PAGE];
    Arrays.fill(page, NONE);
    StringBuilder text = new StringBuilder(LETTER);
    int[] places = new int[PAGE];
    for (int i = 0; i < PAGE; i++) {
      if (mayBeAlone(first + i)) {
        places[i] = text.length();
        text.appendCodePoint(first + i).append(LETTER);
      }
    }
    if (text.length() > LETTER.length()) {
      fill(page, places, tokenize.apply(text.toString()));
    }
    return page;
  }

  private static void fill(long[] page, int[] places, Tokens tokens) {
    int at = 0;
    for (int i = 0; i < PAGE; i++) {
      if (places[i] > 0) {
        while (at < tokens.count() && tokens.starts()[at] < places[i]) {
          at++;
        }
        if (isAlone(tokens, at, places[i])) {
          page[i] = tokens.ids()[at];
        }
      }
    }
  }

  /** Whether the token is the character there alone, with a word that ends and one that begins. */
  private static boolean isAlone(Tokens tokens, int at, int place) {
    return at > 0
        && at + 1 < tokens.count()
        && tokens.starts()[at] == place
        && tokens.wordStarts()[at]
        && tokens.ends()[at - 1] == place
        && tokens.starts()[at + 1] == tokens.ends()[at]
        && tokens.wordStarts()[at + 1];
  }

  private boolean mayBeAlone(int codePoint) {
    return (Character.isIdeographic(codePoint) || isPunctuation(codePoint))
        && Normalizer.isNormalized(Character.toString(codePoint), Normalizer.Form.NFD);
  }

  /** As BERT sees it, or more: of ASCII what is neither letter, digit, space nor control. */
  private static boolean isPunctuation(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          true;
      case Character.MATH_SYMBOL, Character.CURRENCY_SYMBOL, Character.MODIFIER_SYMBOL ->
          codePoint < 128;
      default -> false;
    };
  }
}
