package io.realmstream.model.learning;

/**
 * A vector on its way back to the weights.
 *
 * @param input h - m, the centred trunk output
 * @param length |u|, before the vector was normalized
 * @param vector q = u / |u|
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Projected(double[] input, double length, double[] vector) {

  /**
   * Adds {@code dL/dW = (h - m)^T (g - (g . q) q) / |u|} to a gradient.
   *
   * @param byVector g = dL/dq
   */
  void addGradient(double[] byVector, double[] toWeights) {
    double along = Dense.dot(byVector, vector);
    double[] byProduct = new double[vector.length];
    for (int j = 0; j < byProduct.length; j++) {
      byProduct[j] = (byVector[j] - along * vector[j]) / length;
    }
    Dense.addOuter(input, byProduct, toWeights);
  }
}
