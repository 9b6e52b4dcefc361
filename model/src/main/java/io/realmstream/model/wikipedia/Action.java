package io.realmstream.model.wikipedia;

/** What is to be done with a page's document. */
public enum Action {
  NOTHING,
  /** Publish the text of the current revision. */
  PUBLISH,
  DELETE,
  /** Delete, and forget the text everywhere. */
  PURGE,
  /** Purge, then publish the current revision: an older one is to be forgotten. */
  PURGE_AND_PUBLISH;

  public boolean publishes() {
    return this == PUBLISH || this == PURGE_AND_PUBLISH;
  }

  public boolean purges() {
    return this == PURGE || this == PURGE_AND_PUBLISH;
  }
}
