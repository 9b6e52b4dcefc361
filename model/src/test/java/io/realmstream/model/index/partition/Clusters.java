package io.realmstream.model.index.partition;

import io.realmstream.schemas.Hash128;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/** Vectors around a few middles. */
final class Clusters {
  private final Random random;
  private final float[][] middles;
  private final int dimension;

  Clusters(int count, int dimension, long seed) {
    this.random = new Random(seed);
    this.dimension = dimension;
    middles = new float[count][];
    for (int i = 0; i < count; i++) {
      middles[i] = near(new float[dimension], 1);
    }
  }

  float[] vector() {
    return near(middles[random.nextInt(middles.length)], 0.2);
  }

  /** That many vectors by uid. */
  SortedMap<Hash128, float[]> sample(int count) {
    SortedMap<Hash128, float[]> sample = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      sample.put(Hash128.ofTexts(Integer.toString(i)), vector());
    }
    return sample;
  }

  private float[] near(float[] middle, double deviation) {
    float[] vector = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      vector[i] = (float) (middle[i] + deviation * random.nextGaussian());
    }
    return vector;
  }
}
