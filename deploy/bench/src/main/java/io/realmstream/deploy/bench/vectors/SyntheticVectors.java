package io.realmstream.deploy.bench.vectors;

import java.util.SplittableRandom;

/**
 * Unit vectors as embeddings are: crowded, but the crowds overlap, and spread over few directions
 * of the many. An inverted file of about the root of the count finds .95 of the ten best in some
 * hundredths of its lists, where crowds in all directions would leave it with one list to look at.
 *
 * <p>Queries lie in the same crowds. Nothing is kept but their centers: each vector is made from
 * the seed and its number.
 */
public final class SyntheticVectors implements VectorSource {
  /** Passages a center. */
  private static final int CROWD = 200;

  /** In which centers lie, with entries of standard deviation 1, as their crowds around them. */
  private static final int DIRECTIONS = 24;

  /** Standard deviation of each entry in addition. */
  private static final float NOISE = 0.3f;

  private static final float ROOT = (float) Math.sqrt(DIRECTIONS);

  private static final long CENTERS = 0;
  private static final long PASSAGES = 1;
  private static final long QUERIES = 2;
  private static final long REPLACEMENTS = 3;
  private static final long DIRECTION = 4;

  private final int count;
  private final long seed;
  private final float[][] centers;

  /** One row an entry of a vector. */
  private final float[][] directions;

  public SyntheticVectors(int count, int dimension, long seed) {
    this.count = count;
    this.seed = seed;
    centers = gaussians(CENTERS, Math.max(1, count / CROWD), DIRECTIONS);
    directions = gaussians(DIRECTION, dimension, DIRECTIONS);
  }

  private float[][] gaussians(long kind, int rows, int columns) {
    float[][] matrix = new float[rows][columns];
    for (int i = 0; i < rows; i++) {
      SplittableRandom random = random(kind, i);
      for (int j = 0; j < columns; j++) {
        matrix[i][j] = (float) random.nextGaussian();
      }
    }
    return matrix;
  }

  @Override
  public int dimension() {
    return directions.length;
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
    float[] place = new float[DIRECTIONS];
    for (int j = 0; j < DIRECTIONS; j++) {
      place[j] = (center[j] + (float) random.nextGaussian()) / ROOT;
    }
    float[] vector = new float[directions.length];
    double norm = 0;
    for (int i = 0; i < vector.length; i++) {
      float entry = NOISE * (float) random.nextGaussian();
      for (int j = 0; j < DIRECTIONS; j++) {
        entry += place[j] * directions[i][j];
      }
      vector[i] = entry;
      norm += (double) entry * entry;
    }
    float scale = (float) (1 / Math.sqrt(norm));
    for (int i = 0; i < vector.length; i++) {
      vector[i] *= scale;
    }
    return vector;
  }

  private SplittableRandom random(long kind, long number) {
    return new SplittableRandom(new SplittableRandom(seed * 8 + kind).nextLong() ^ number);
  }
}
