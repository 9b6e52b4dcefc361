package io.realmstream.schemas.wikipedia;

/** How a page was found. */
public enum ObservedState {
  PRESENT,
  /** There is no such page. */
  GONE,
  /** The page is there, but somebody has hidden the text of its current revision. */
  HIDDEN
}
