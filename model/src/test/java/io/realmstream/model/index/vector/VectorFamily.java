package io.realmstream.model.index.vector;

import java.util.Random;

/** Kinds of vectors that are hard on an approximate score in one way each. */
public enum VectorFamily {
  GAUSSIAN {
    @Override
    float entry(Random random, int i) {
      return (float) random.nextGaussian();
    }
  },
  /** Most of them zero, and so a zero vector now and then. */
  SPARSE {
    @Override
    float entry(Random random, int i) {
      return random.nextInt(10) == 0 ? (float) random.nextGaussian() : 0;
    }
  },
  /** Exact scores that meet all the time. */
  SMALL_INTEGERS {
    @Override
    float entry(Random random, int i) {
      return random.nextInt(3) - 1;
    }
  },
  ZERO {
    @Override
    float entry(Random random, int i) {
      return random.nextBoolean() ? 0f : -0f;
    }
  },
  /** All alike but for the last bits. */
  NEARLY_EQUAL {
    @Override
    float entry(Random random, int i) {
      return 1 + i % 7 + random.nextInt(2) * Math.ulp(1f);
    }
  },
  /** Magnitudes from subnormal to near the largest, within one vector. */
  WIDE {
    @Override
    float entry(Random random, int i) {
      return (float) (random.nextGaussian() * Math.pow(10, random.nextInt(81) - 44));
    }
  },
  HUGE {
    @Override
    float entry(Random random, int i) {
      return (random.nextBoolean() ? 1 : -1) * Float.MAX_VALUE * (1 - random.nextInt(2) * 0x1p-20f);
    }
  },
  TINY {
    @Override
    float entry(Random random, int i) {
      return (random.nextInt(5) - 2) * Float.MIN_VALUE;
    }
  },
  /** Everything in one entry, which takes all codes from the rest. */
  SPIKE {
    @Override
    float entry(Random random, int i) {
      return i == 0 ? 1000 : (float) random.nextGaussian();
    }
  },
  /** In the middle between two codes: the largest errors. */
  HALF_CODES {
    @Override
    float entry(Random random, int i) {
      return i == 0 ? 127 : random.nextInt(253) - 126 + 0.5f;
    }
  };

  abstract float entry(Random random, int i);

  public float[] vector(Random random, int dimension) {
    float[] vector = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      vector[i] = entry(random, i);
    }
    return vector;
  }

  /** The same, times a power of two between 2^-range and 2^range where that stays finite. */
  public float[] scaled(Random random, int dimension, int range) {
    float[] vector = vector(random, dimension);
    float scale = (float) Math.scalb(1.0, random.nextInt(2 * range + 1) - range);
    for (int i = 0; i < dimension; i++) {
      float product = vector[i] * scale;
      vector[i] = Float.isFinite(product) ? product : vector[i];
    }
    return vector;
  }

  public static VectorFamily any(Random random) {
    return values()[random.nextInt(values().length)];
  }
}
