package io.realmstream.model.wikipedia;

/** What is known of a page. */
public enum PageStatus {
  NOTHING,
  PRESENT,
  /** The page is there, but the text of its current revision is hidden. */
  HIDDEN,
  GONE,
  /** The page is there, but is not one that was asked for. */
  OUT_OF_SCOPE
}
