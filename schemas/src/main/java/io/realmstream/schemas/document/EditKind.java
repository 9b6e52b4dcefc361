package io.realmstream.schemas.document;

/** What an edit does to its document. */
public enum EditKind {
  UPSERT,
  DELETE,
  /** A DELETE that besides empties what caches hold of the document, whichever edit is in force. */
  PURGE;

  /** Whether the document is gone behind it. */
  public boolean deletes() {
    return this != UPSERT;
  }
}
