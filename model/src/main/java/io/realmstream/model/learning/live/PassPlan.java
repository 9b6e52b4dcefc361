package io.realmstream.model.learning.live;

/**
 * State: when passes are due. Eight follow each other over one set of sentences; then a tenth of
 * the sentences must be new for eight more.
 *
 * @param passes so far
 * @param left of the eight
 * @param fresh sentences that came since the eight began
 */
public record PassPlan(long passes, int left, long fresh) {
  public static final PassPlan NONE = new PassPlan(0, 0, 0);

  /** More gained nothing in experiments. */
  static final int PASSES = 8;

  private static final int FRESH_SHARE = 10;

  /** Sentences came. */
  public PassPlan with(int count) {
    return new PassPlan(passes, left, fresh + count);
  }

  /**
   * Whether a pass is due.
   *
   * @param sentences that teach
   */
  public boolean isDue(long sentences) {
    return sentences >= Pass.BATCH && (passes == 0 || left > 0 || isRenewed(sentences));
  }

  /** Whether none is due, however many sentences there are. */
  public boolean isAtRest() {
    return passes > 0 && left == 0 && fresh == 0;
  }

  /**
   * A pass has ended.
   *
   * @param before the plan when it began: what came since then is still to be learned
   */
  public PassPlan behind(PassPlan before) {
    return before.left > 0
        ? new PassPlan(passes + 1, before.left - 1, fresh)
        : new PassPlan(passes + 1, PASSES - 1, fresh - before.fresh);
  }

  private boolean isRenewed(long sentences) {
    return fresh * FRESH_SHARE >= sentences;
  }
}
