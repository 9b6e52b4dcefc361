package io.realmstream.model.wikitext.draft;

/** A bracket of a draft that is open. */
public final class Bracket {
  /** What it is. */
  public enum Kind {
    /** Two braces or more. */
    BRACES,
    /** Two square brackets. */
    LINK,
    /** A table, of wikitext or of HTML. */
    TABLE
  }

  /** A line of a draft: where it starts, and what it has so far. */
  record Line(int start, int inkEnd, int wordEnd) {
    boolean isBlank() {
      return inkEnd <= start;
    }

    boolean hasNoWord() {
      return wordEnd <= start;
    }
  }

  private final Kind kind;
  private final int from;
  private final int start;
  private final int bars;
  private final int unknown;
  private final Line line;
  private int braces;

  /**
   * @param from offset in the wikitext
   * @param line the draft's last, as it was when this opened
   * @param counts offset in the draft, bars and unknown templates before this opened
   */
  Bracket(Kind kind, int from, Line line, int... counts) {
    this.kind = kind;
    this.from = from;
    this.line = line;
    this.start = counts[0];
    this.bars = counts[1];
    this.unknown = counts[2];
  }

  public Kind kind() {
    return kind;
  }

  /** Offset in the wikitext behind the opening. */
  public int from() {
    return from;
  }

  /** Whether nothing stood before it in its line. */
  public boolean startsLine() {
    return line.isBlank();
  }

  /** Opening braces of this bracket that have not found their match. */
  public int braces() {
    return braces;
  }

  public void setBraces(int count) {
    braces = count;
  }

  int start() {
    return start;
  }

  int bars() {
    return bars;
  }

  int unknown() {
    return unknown;
  }

  Line line() {
    return line;
  }
}
