package io.realmstream.schemas.query;

/** What a query asks for. */
public enum QueryKind {
  /** The top-k passages. */
  RETRIEVE(10, false, false),
  /** An answer string, read from the top-k passages. */
  OPEN_QA(5, true, false),
  /** Words for the masks of a sentence, predicted from the top-k passages. */
  MASKED_LM(8, true, true);

  private final int passages;
  private final boolean reads;
  private final boolean nullDocument;

  QueryKind(int passages, boolean reads, boolean nullDocument) {
    this.passages = passages;
    this.reads = reads;
    this.nullDocument = nullDocument;
  }

  /** How many passages, when the query does not say. */
  public int passages() {
    return passages;
  }

  /** Whether a reader reads the passages. */
  public boolean reads() {
    return reads;
  }

  /**
   * Whether the null document competes, when the query does not say: what the passages add to a
   * masked sentence is measured against it.
   */
  public boolean nullDocument() {
    return nullDocument;
  }
}
