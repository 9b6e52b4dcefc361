package io.realmstream.model.text;

import java.util.ArrayList;
import java.util.List;

/**
 * What {@link PassageSplitter} is measured against: the same sentences, as many in each passage as
 * fit, from the beginning of the text on.
 */
public final class GreedySplitter {
  private final Tokenizer tokenizer;
  private final int room;

  /**
   * @param room tokens that a passage may have
   */
  public GreedySplitter(Tokenizer tokenizer, int room) {
    this.tokenizer = tokenizer;
    this.room = room;
  }

  /** The passages' texts, in order. */
  public List<String> split(String text) {
    List<String> passages = new ArrayList<>();
    int start = 0;
    int end = 0;
    int tokens = 0;
    for (int next : ends(text)) {
      int added = tokenizer.ids(text.substring(end, next)).length;
      if (tokens + added > room) {
        passages.add(text.substring(start, end).strip());
        start = end;
        tokens = 0;
      }
      tokens += added;
      end = next;
    }
    passages.add(text.substring(start).strip());
    passages.removeIf(passage -> tokenizer.ids(passage).length == 0);
    return passages;
  }

  /** Where sentences end, and words of sentences that do not fit. */
  private List<Integer> ends(String text) {
    List<Integer> ends = new ArrayList<>();
    TextBreaks breaks = new TextBreaks(text);
    int start = 0;
    while (breaks.next()) {
      if (breaks.kind() != TextBreaks.Kind.WRAP) {
        Tokens tokens = tokenizer.tokenize(text.substring(start, breaks.end()));
        for (int i = 1; i < tokens.count() && tokens.count() > room; i++) {
          if (tokens.wordStarts()[i]) {
            ends.add(start + tokens.starts()[i]);
          }
        }
        start = breaks.end();
        ends.add(start);
      }
    }
    return ends;
  }
}
