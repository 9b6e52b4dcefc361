package io.realmstream.model.index.kernel;

/** The dot product as a plain loop. */
final class ScalarKernel extends Kernel {
  @Override
  public void dots(short[] query, byte[] block, int offset, int[] dots) {
    for (int i = 0; i < dots.length; i++) {
      dots[i] = dot(query, 0, block, offset + i * query.length);
    }
  }

  /** The part of a row's dot product from dimension {@code from} on. */
  static int dot(short[] query, int from, byte[] block, int row) {
    int sum = 0;
    for (int j = from; j < query.length; j++) {
      sum += query[j] * block[row + j];
    }
    return sum;
  }

  @Override
  String label() {
    return "scalar";
  }
}
