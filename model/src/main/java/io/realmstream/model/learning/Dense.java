package io.realmstream.model.learning;

/** Loops over arrays of doubles. Sums run in one fixed order, so equal inputs give equal bits. */
public final class Dense {
  private Dense() {}

  /** The dot product; four sums at once, since one sum alone waits for each addition. */
  public static double dot(double[] a, double[] b) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int i = 0;
    for (; i + 3 < a.length; i += 4) {
      sum0 += a[i] * b[i];
      sum1 += a[i + 1] * b[i + 1];
      sum2 += a[i + 2] * b[i + 2];
      sum3 += a[i + 3] * b[i + 3];
    }
    for (; i < a.length; i++) {
      sum0 += a[i] * b[i];
    }
    return (sum0 + sum1) + (sum2 + sum3);
  }

  /** {@code to += factor * values}. */
  static void add(double factor, double[] values, double[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] += factor * values[i];
    }
  }

  /** {@code result[j] = sum over i of x[i] * matrix[i][j]}, the matrix row after row. */
  static double[] product(double[] x, double[] matrix, int columns) {
    double[] result = new double[columns];
    for (int i = 0; i < x.length; i++) {
      double factor = x[i];
      int row = i * columns;
      for (int j = 0; j < columns; j++) {
        result[j] += factor * matrix[row + j];
      }
    }
    return result;
  }

  /** {@code matrix[i][j] += x[i] * y[j]}. */
  static void addOuter(double[] x, double[] y, double[] matrix) {
    for (int i = 0; i < x.length; i++) {
      double factor = x[i];
      int row = i * y.length;
      for (int j = 0; j < y.length; j++) {
        matrix[row + j] += factor * y[j];
      }
    }
  }

  static boolean isFinite(double[] values) {
    for (double value : values) {
      if (!Double.isFinite(value)) {
        return false;
      }
    }
    return true;
  }
}
