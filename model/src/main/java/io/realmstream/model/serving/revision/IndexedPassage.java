package io.realmstream.model.serving.revision;

/**
 * What the cells have acknowledged of a passage.
 *
 * @param revision newest revision of which a copy was acknowledged
 * @param copies the copies of that revision that were, one bit each
 * @param whole whether these are all of them
 */
public record IndexedPassage(long revision, int copies, boolean whole) {
  public static final IndexedPassage NOT_YET = new IndexedPassage(Long.MIN_VALUE, 0, false);

  /** Takes in an acknowledgement; repeated ones count once, and those of older revisions not. */
  public IndexedPassage with(Ack ack) {
    if (ack.revision() < revision) {
      return this;
    }
    int before = ack.revision() == revision ? copies : 0;
    int after = before | 1 << ack.copy();
    int all = (1 << ack.copies()) - 1;
    boolean wasWhole = ack.revision() == revision && whole;
    return new IndexedPassage(ack.revision(), after, wasWhole || (after & all) == all);
  }
}
