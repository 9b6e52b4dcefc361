package io.realmstream.model.learning.example;

/**
 * A part of a sentence that only knowledge of the world can fill in.
 *
 * @param start offset of its first character, in UTF-16 units
 * @param end offset behind its last
 */
public record SalientSpan(int start, int end, Kind kind) {

  /** What the span is. */
  public enum Kind {
    DATE,
    NUMBER,
    NAME
  }

  /** The span's text. */
  public String of(String sentence) {
    return sentence.substring(start, end);
  }
}
