package io.realmstream.model.index.topk;

import java.util.TreeSet;

/** The k-th largest of the different numbers offered so far, each counted once. */
final class DifferentLargest {
  private final int k;
  private final TreeSet<Double> largest = new TreeSet<>();
  private double value = Double.NEGATIVE_INFINITY;

  DifferentLargest(int k) {
    this.k = k;
  }

  /** The k-th largest number, or minus infinity before there were k different ones. */
  double value() {
    return value;
  }

  void offer(double number) {
    // -0.0 becomes 0.0: the two are one number
    if (number > value && largest.add(number + 0.0)) {
      if (largest.size() > k) {
        largest.pollFirst();
      }
      if (largest.size() == k) {
        value = largest.first();
      }
    }
  }
}
