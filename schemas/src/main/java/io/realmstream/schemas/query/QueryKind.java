package io.realmstream.schemas.query;

/** What a query asks for. */
public enum QueryKind {
  /** The top-k passages. */
  RETRIEVE,
  /** An answer string, read from the top-k passages. */
  OPEN_QA,
  /** Words for the masks of a sentence. */
  MASKED_LM
}
