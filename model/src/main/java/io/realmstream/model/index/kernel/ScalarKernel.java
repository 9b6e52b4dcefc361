package io.realmstream.model.index.kernel;

/** The dot product as a plain loop. */
final class ScalarKernel extends Kernel {
  @Override
  public void dots(short[] query, Rows rows, int[] dots) {
    for (int i = 0; i < rows.count(); i++) {
      dots[i] = dot(query, 0, rows.block(), rows.offset() + i * query.length);
    }
  }

  /** Query after query: a row that was just read is in the processor's cache. */
  @Override
  public void dots(short[][] queries, Rows rows, int[][] dots) {
    for (int i = 0; i < FOUR; i++) {
      dots(queries[i], rows, dots[i]);
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
