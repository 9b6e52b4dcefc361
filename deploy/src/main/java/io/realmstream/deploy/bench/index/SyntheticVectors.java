package io.realmstream.deploy.bench.index;

import java.util.SplittableRandom;

/**
 * Unit vectors around centers, as embeddings are; queries lie around the same centers. Nothing is
 * kept but the centers: each vector is made from the seed and its number.
 */
final class SyntheticVectors implements VectorSource {
  /** Passages a center. */
  private static final int CROWD = 200;

  /** Of each entry, beside a center's entries of standard deviation 1. */
  private static final float NOISE = 0.7f;

  private static final long CENTERS = 0;
  private static final long PASSAGES = 1;
  private static final long QUERIES = 2;
  private static final long REPLACEMENTS = 3;

  private final int count;
  private final long seed;
  private final float[][] centers;

  SyntheticVectors(int count, int dimension, long seed) {
    this.count = count;
    this.seed = seed;
    centers = new float[Math.max(1, count / CROWD)][dimension];
    for (int i = 0; i < centers.length; i++) {
      SplittableRandom random = random(CENTERS, i);
      for (int j = 0; j < dimension; j++) {
        centers[i][j] = (float) random.nextGaussian();
      }
    }
  }

  @Override
  public int dimension() {
    return centers[0].length;
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public float[] passage(int number) {
    return near(random(PASSAGES, number));
  }

  @Override
  public float[] query(int number) {
    return near(random(QUERIES, number));
  }

  @Override
  public float[] replacement(int number) {
    return near(random(REPLACEMENTS, number));
  }

  private float[] near(SplittableRandom random) {
    float[] center = centers[random.nextInt(centers.length)];
    float[] vector = new float[center.length];
    double norm = 0;
    for (int i = 0; i < vector.length; i++) {
      vector[i] = center[i] + NOISE * (float) random.nextGaussian();
      norm += (double) vector[i] * vector[i];
    }
    float scale = (float) (1 / Math.sqrt(norm));
    for (int i = 0; i < vector.length; i++) {
      vector[i] *= scale;
    }
    return vector;
  }

  private SplittableRandom random(long kind, long number) {
    return new SplittableRandom(new SplittableRandom(seed * 4 + kind).nextLong() ^ number);
  }
}
