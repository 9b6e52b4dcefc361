package io.realmstream.model.serving.revision;

import io.realmstream.model.document.DocumentState;

/**
 * What the cells have acknowledged of a passage.
 *
 * @param edit place of the newest edit of which a copy was acknowledged
 * @param copies the copies of that edit that were, one bit each
 * @param whole whether these are all of them
 */
public record IndexedPassage(DocumentState edit, int copies, boolean whole) {
  public static final IndexedPassage NOT_YET = new IndexedPassage(DocumentState.NONE, 0, false);

  /** Takes in an acknowledgement; repeated ones count once, and those of older edits not. */
  public IndexedPassage with(Ack ack) {
    int order = ack.state().compareTo(edit);
    if (order < 0) {
      return this;
    }
    int before = order == 0 ? copies : 0;
    int after = before | 1 << ack.copy();
    int all = (1 << ack.copies()) - 1;
    boolean wasWhole = order == 0 && whole;
    return new IndexedPassage(ack.state(), after, wasWhole || (after & all) == all);
  }
}
