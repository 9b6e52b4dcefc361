package io.realmstream.schemas.document;

/** What became of an edit. */
public enum Outcome {
  ADDED,
  UPDATED,
  /** Same passages as before, or a repetition of the revision in force. */
  UNCHANGED,
  DELETED,
  /** A newer revision was there already; the edit changed nothing. */
  STALE,
  /** Could not be embedded; the revision before it stays in force. */
  FAILED
}
