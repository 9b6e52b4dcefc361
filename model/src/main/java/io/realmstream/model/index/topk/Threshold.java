package io.realmstream.model.index.topk;

/**
 * What a number must reach to be within a {@link SearchLimit} of all that were offered: it is not
 * below the k-th largest of the hits, nor below the k-th largest of the different ones.
 */
public final class Threshold {
  private final KthLargest hits;
  private final DifferentLargest different;

  /** Nothing was offered yet. */
  public Threshold(SearchLimit limit) {
    hits = new KthLargest(limit.hits());
    different = new DifferentLargest(limit.different());
  }

  /** Minus infinity while everything is within. */
  public double value() {
    return Math.max(hits.value(), different.value());
  }

  /** Counts one more number. */
  public void offer(double number) {
    hits.offer(number);
    different.offer(number);
  }
}
