package io.realmstream.model.index.topk;

import java.util.Arrays;

/**
 * The k-th largest of the numbers offered so far, in a binary heap with the smallest on top. Grows
 * with what it is offered, so that a k far beyond that costs nothing.
 */
final class KthLargest {
  private final int k;
  private double[] heap = new double[16];
  private int size;

  KthLargest(int k) {
    this.k = k;
  }

  /** The k-th largest number, or minus infinity before there were k of them. */
  double value() {
    return size < k ? Double.NEGATIVE_INFINITY : heap[0];
  }

  void offer(double number) {
    if (size < k) {
      if (size == heap.length) {
        heap = Arrays.copyOf(heap, 2 * size);
      }
      heap[size] = number;
      siftUp(size++);
    } else if (number > heap[0]) {
      heap[0] = number;
      siftDown();
    }
  }

  private void siftUp(int start) {
    int child = start;
    while (child > 0 && heap[child] < heap[(child - 1) / 2]) {
      swap(child, (child - 1) / 2);
      child = (child - 1) / 2;
    }
  }

  private void siftDown() {
    int parent = 0;
    while (2 * parent + 1 < size) {
      int child = 2 * parent + 1;
      if (child + 1 < size && heap[child + 1] < heap[child]) {
        child++;
      }
      if (heap[parent] <= heap[child]) {
        return;
      }
      swap(parent, child);
      parent = child;
    }
  }

  private void swap(int i, int j) {
    double number = heap[i];
    heap[i] = heap[j];
    heap[j] = number;
  }
}
