package io.realmstream.model.updating;

/** State: what a version still needs from a shard's documents. */
public enum WalkPhase {
  /** Embed the documents that lack it. */
  BUILD,
  /** Nothing; the shard is complete. */
  COMPLETE,
  /**
   * As BUILD. The shard was complete, then the tower failed to open and edits were published
   * without it.
   */
  LATE,
  /** Forget what is known of it. */
  RETIRE;

  /** Whether documents lack the version that only a walk finds. */
  public boolean builds() {
    return this == BUILD || this == LATE;
  }
}
