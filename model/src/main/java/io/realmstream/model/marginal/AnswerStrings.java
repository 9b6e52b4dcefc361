package io.realmstream.model.marginal;

import io.realmstream.model.evaluation.AnswerText;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Numbers the normalized answer strings of one question: equal number = equal string.
 *
 * <p>A normalized string is a sequence of words, and normalizing works on each piece between white
 * space alone. So strings are the nodes of a trie of words: the string of a span is that of a
 * shorter span plus the words of one more piece, found by one step from (node, word) to a node. No
 * span is normalized as a whole and no string is built for it, and nothing is compared by hash
 * alone, so the numbers are exact.
 */
final class AnswerStrings {
  /** The root: no words. */
  static final int EMPTY = 0;

  private static final int[] NO_WORDS = {};

  private final Map<String, Integer> words = new HashMap<>();
  private final Map<String, int[]> texts = new HashMap<>();
  // Open addressing: keys holds node << 32 | word of a step, nodes where it leads (EMPTY = free).
  private long[] keys = new long[1 << 10];
  private int[] nodes = new int[1 << 10];
  private int size = 1;

  /** How many strings have a number, the prefixes of all strings and the empty one included. */
  int size() {
    return size;
  }

  /** The words of a text's normal form. */
  int[] words(String text) {
    int[] known = texts.get(text);
    if (known == null) {
      known = normalize(text);
      texts.put(text, known);
    }
    return known;
  }

  /** The string that has these words behind those of another. */
  int append(int string, int[] more) {
    int longer = string;
    for (int word : more) {
      longer = step(longer, word);
    }
    return longer;
  }

  private int[] normalize(String text) {
    String normal = AnswerText.normalize(text);
    if (normal.isEmpty()) {
      return NO_WORDS;
    }
    if (normal.indexOf(' ') < 0) {
      return new int[] {word(normal)};
    }
    return Arrays.stream(normal.split(" ")).mapToInt(this::word).toArray();
  }

  private int word(String word) {
    return words.computeIfAbsent(word, unseen -> words.size());
  }

  private int step(int node, int word) {
    long key = ((long) node << Integer.SIZE) | word;
    int slot = slot(key);
    if (nodes[slot] == EMPTY) {
      if (2 * size > keys.length) {
        grow();
        slot = slot(key);
      }
      keys[slot] = key;
      nodes[slot] = size++;
    }
    return nodes[slot];
  }

  /** Where the key is, or the free slot where it belongs. */
  private int slot(long key) {
    int mask = keys.length - 1;
    int slot = (int) ((key * 0x9E3779B97F4A7C15L) >>> Integer.SIZE) & mask; // Fibonacci hashing
    while (nodes[slot] != EMPTY && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldNodes = nodes;
    keys = new long[2 * oldKeys.length];
    nodes = new int[2 * oldNodes.length];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldNodes[i] != EMPTY) {
        int slot = slot(oldKeys[i]);
        keys[slot] = oldKeys[i];
        nodes[slot] = oldNodes[i];
      }
    }
  }
}
