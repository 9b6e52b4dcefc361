package io.realmstream.model.index.vector;

/** The retrieval score before its scale: q . e. */
public final class InnerProduct {
  private InnerProduct() {}

  /**
   * The sum over i ascending of (double) q[i] * e[i], in double: the definition that every index
   * must agree with to the last bit (spec: the REALM marginal).
   *
   * @throws IllegalArgumentException if the dimensions differ
   */
  public static double of(float[] q, float[] e) {
    if (q.length != e.length) {
      throw new IllegalArgumentException("dimensions differ: " + q.length + " and " + e.length);
    }
    double sum = 0;
    for (int i = 0; i < q.length; i++) {
      sum += (double) q[i] * e[i];
    }
    return sum;
  }
}
