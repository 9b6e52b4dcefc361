package io.realmstream.model.learning;

import java.util.Random;

/**
 * A projection head of one tower: {@code q = u / |u|} with {@code u = W^T (x/|x| - m)}, where x is
 * a trunk output. The mean m belongs to the corpus and is not learned; the weights W are.
 */
public final class ProjectionHead {
  private final double[] mean;
  private final double[] weights;
  private final int dimension;

  /**
   * @param mean of normalized trunk outputs, one element an input
   * @param weights row after row, one row an input; kept, not copied
   * @param dimension elements of a vector
   * @throws IllegalArgumentException if the sizes do not fit, or an element is not finite
   */
  public ProjectionHead(double[] mean, double[] weights, int dimension) {
    if (dimension < 1 || mean.length < 1 || weights.length != mean.length * dimension) {
      throw new IllegalArgumentException(
          "%d weights are no matrix of %d x %d".formatted(weights.length, mean.length, dimension));
    }
    if (!Dense.isFinite(mean) || !Dense.isFinite(weights)) {
      throw new IllegalArgumentException("a head with a NaN or an infinity");
    }
    this.mean = mean.clone();
    this.weights = weights;
    this.dimension = dimension;
  }

  /** A head of seeded Gaussian weights, which keeps lengths on average. */
  public static ProjectionHead random(double[] mean, int dimension, long seed) {
    Random random = new Random(seed);
    double[] weights = new double[mean.length * dimension];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = random.nextGaussian() / Math.sqrt(dimension);
    }
    return new ProjectionHead(mean, weights, dimension);
  }

  /** The head that changes nothing but the length: what a tower without a projection does. */
  public static ProjectionHead identity(int inputs) {
    double[] weights = new double[inputs * inputs];
    for (int i = 0; i < inputs; i++) {
      weights[i * inputs + i] = 1;
    }
    return new ProjectionHead(new double[inputs], weights, inputs);
  }

  /** Another head of equal numbers. */
  public ProjectionHead copy() {
    return new ProjectionHead(mean, weights.clone(), dimension);
  }

  /** Elements of a trunk output. */
  public int inputs() {
    return mean.length;
  }

  /** Elements of a vector. */
  public int dimension() {
    return dimension;
  }

  /** The mean, a copy. */
  public double[] mean() {
    return mean.clone();
  }

  /** The weights, row after row: not a copy, a change is a change of the head. */
  public double[] weights() {
    return weights;
  }

  /**
   * The vector of a trunk output, of length 1.
   *
   * @throws IllegalArgumentException if the output has another dimension, or no direction
   */
  public double[] vector(float[] trunk) {
    return project(trunk).vector();
  }

  /** The vector with what its gradient needs. */
  Projected project(float[] trunk) {
    double[] input = centred(trunk);
    double[] vector = Dense.product(input, weights, dimension);
    double length = Math.sqrt(Dense.dot(vector, vector));
    for (int j = 0; j < dimension; j++) {
      vector[j] /= length;
    }
    return new Projected(input, length, vector);
  }

  private double[] centred(float[] trunk) {
    double[] input = NormalizedTrunk.of(trunk);
    if (input.length != mean.length) {
      throw new IllegalArgumentException(
          "a trunk output of %d elements, not %d".formatted(input.length, mean.length));
    }
    Dense.add(-1, mean, input);
    return input;
  }
}
