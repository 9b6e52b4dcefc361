package io.realmstream.model.index.topk;

import java.util.Arrays;

/** The k-th largest of the different numbers offered so far, each counted once. */
final class DifferentLargest {
  private final int k;
  private double[] largest = new double[16]; // the first `size`, in ascending order
  private int size;

  DifferentLargest(int k) {
    this.k = k;
  }

  /** The k-th largest number, or minus infinity before there were k different ones. */
  double value() {
    return size < k ? Double.NEGATIVE_INFINITY : largest[0];
  }

  void offer(double number) {
    double one = number + 0.0; // -0.0 becomes 0.0: the two are one number
    if (one <= value()) {
      return;
    }
    int larger = -1 - Arrays.binarySearch(largest, 0, size, one);
    if (larger < 0) {
      return; // it is there
    }
    if (size < k) {
      insert(larger, one);
    } else {
      System.arraycopy(largest, 1, largest, 0, larger - 1);
      largest[larger - 1] = one;
    }
  }

  private void insert(int at, double number) {
    if (size == largest.length) {
      largest = Arrays.copyOf(largest, 2 * size);
    }
    System.arraycopy(largest, at, largest, at + 1, size - at);
    largest[at] = number;
    size++;
  }
}
