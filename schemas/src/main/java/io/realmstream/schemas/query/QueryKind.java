package io.realmstream.schemas.query;

/** What a query asks for. */
public enum QueryKind {
  /** The top-k passages. */
  RETRIEVE(10, false),
  /** An answer string, read from the top-k passages. */
  OPEN_QA(5, true),
  /** Words for the masks of a sentence. */
  MASKED_LM(5, true);

  private final int passages;
  private final boolean reads;

  QueryKind(int passages, boolean reads) {
    this.passages = passages;
    this.reads = reads;
  }

  /** How many passages, when the query does not say. */
  public int passages() {
    return passages;
  }

  /** Whether a reader reads the passages. */
  public boolean reads() {
    return reads;
  }
}
