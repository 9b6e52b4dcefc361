package io.realmstream.model.text;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The tokens of a text, word by word, for a tokenizer whose words end at white space and at {@link
 * LoneCharacters}, whatever stands beside them. The native library takes some microseconds a token,
 * so it is asked for each word once a window at most, and not at all for lone characters and words
 * that are remembered. Safe for use by many threads.
 */
final class KnownWords {
  /** Longer words are seldom seen again. */
  private static final int WORD_CHARS = 32;

  /** Some megabytes; when that many are remembered, all are forgotten. */
  private static final int WORDS_MAX = 1 << 14;

  private final Function<String, Tokens> tokenize;
  private final LoneCharacters lone;
  private final Map<String, Tokens> remembered = new ConcurrentHashMap<>();

  /**
   * @param rules that look at one character at a time
   */
  KnownWords(Function<String, Tokens> tokenize, WordRules rules) {
    this.tokenize = tokenize;
    this.lone = new LoneCharacters(tokenize, rules.addedTexts());
  }

  /**
   * How far the whole words reach that begin in a window; {@code from} if its first word is longer.
   *
   * @param from where a word may begin
   */
  int end(String text, int from, int windowChars) {
    int limit = Math.min(text.length(), from + windowChars);
    int at = from;
    while (at < limit) {
      int next = behindWord(text, at, limit);
      if (next > limit) {
        return at;
      }
      at = next;
    }
    return at;
  }

  /** The tokens from there up to {@link #end}, with offsets in the whole text. */
  Tokens tokens(String text, int from, int end) {
    Map<String, Tokens> words = words(text, from, end);
    TokenList tokens = new TokenList(end - from);
    int at = from;
    while (at < end) {
      int next = behindWord(text, at, end);
      if (!isSpace(text.charAt(at))) {
        long token = lone.token(text, at);
        if (token != LoneCharacters.NONE) {
          tokens.add(token, at, next, true);
        } else {
          tokens.add(Objects.requireNonNull(words.get(text.substring(at, next))), at);
        }
      }
      at = next;
    }
    return tokens.tokens();
  }

  /** All words but lone characters. */
  private Map<String, Tokens> words(String text, int from, int end) {
    Map<String, Tokens> words = new HashMap<>();
    Set<String> unknown = new LinkedHashSet<>();
    int at = from;
    while (at < end) {
      int next = behindWord(text, at, end);
      if (!isSpace(text.charAt(at)) && lone.token(text, at) == LoneCharacters.NONE) {
        String word = text.substring(at, next);
        Tokens tokens = remembered.get(word);
        if (tokens == null) {
          unknown.add(word);
        } else {
          words.put(word, tokens);
        }
      }
      at = next;
    }
    ask(unknown, words);
    return words;
  }

  /** Has the unknown words tokenized in one call, which they fit into as they fit into a window. */
  private void ask(Set<String> unknown, Map<String, Tokens> words) {
    if (unknown.isEmpty()) {
      return;
    }
    Tokens tokens = tokenize.apply(String.join(" ", unknown));
    int start = 0;
    int at = 0;
    for (String word : unknown) {
      int first = at;
      while (at < tokens.count() && tokens.starts()[at] < start + word.length()) {
        at++;
      }
      Tokens own = tokens.range(first, at).behind(-start);
      words.put(word, own);
      remember(word, own);
      start += word.length() + 1;
    }
  }

  private void remember(String word, Tokens tokens) {
    if (word.length() <= WORD_CHARS) {
      if (remembered.size() >= WORDS_MAX) {
        remembered.clear();
      }
      remembered.put(word, tokens);
    }
  }

  /**
   * Behind the white space, the lone character or the word that begins there; anywhere behind the
   * limit if a word does not end before it.
   */
  private int behindWord(String text, int from, int limit) {
    if (isSpace(text.charAt(from))) {
      return from + 1;
    }
    int at = from;
    while (at < text.length() && at <= limit && !isSpace(text.charAt(at))) {
      int next = at + Character.charCount(text.codePointAt(at));
      if (lone.token(text, at) != LoneCharacters.NONE) {
        return at == from ? next : at;
      }
      at = next;
    }
    return at;
  }

  /** Other white space may stand within what is called a word here. */
  private static boolean isSpace(char character) {
    return character == ' ' || character == '\n' || character == '\t' || character == '\r';
  }
}
