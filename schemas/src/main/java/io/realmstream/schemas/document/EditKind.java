package io.realmstream.schemas.document;

/** What an edit does to its document. */
public enum EditKind {
  UPSERT,
  DELETE
}
