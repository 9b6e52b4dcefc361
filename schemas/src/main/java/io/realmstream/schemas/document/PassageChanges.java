package io.realmstream.schemas.document;

import io.realmstream.schemas.Limits;

/**
 * How an edit changed the passages of its document.
 *
 * @param passages how many the document has now
 */
public record PassageChanges(int passages, int added, int removed, int unchanged) {

  /** Refuses negative counts. */
  public PassageChanges {
    Limits.checkAtLeast("passages", passages, 0);
    Limits.checkAtLeast("added", added, 0);
    Limits.checkAtLeast("removed", removed, 0);
    Limits.checkAtLeast("unchanged", unchanged, 0);
  }

  /** An edit that changed none of them. */
  public static PassageChanges unchanged(int passages) {
    return new PassageChanges(passages, 0, 0, passages);
  }

  /** How many passages more the document has than before. */
  public int growth() {
    return added - removed;
  }
}
