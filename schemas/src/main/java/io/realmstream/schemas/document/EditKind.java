package io.realmstream.schemas.document;

/** What an edit does to its document. */
public enum EditKind {
  UPSERT,
  DELETE,
  /** A DELETE that also removes the document from caches, whichever edit is in force. */
  PURGE;

  /** Whether the document is gone after it. */
  public boolean deletes() {
    return this != UPSERT;
  }
}
