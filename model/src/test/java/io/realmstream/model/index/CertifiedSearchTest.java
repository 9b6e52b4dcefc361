package io.realmstream.model.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.index.store.CellId;
import io.realmstream.model.index.store.MapBlockStore;
import io.realmstream.model.index.topk.SearchResult;
import io.realmstream.model.index.vector.VectorFamily;
import io.realmstream.schemas.Hash128;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * The certificate: a search equals the plain loop over all vectors, ties included, in 10^5 random
 * and adversarial cases.
 */
class CertifiedSearchTest {
  private static final CellId ID = new CellId(1, 0, 0);
  private static final long SEED = 11;

  /** The last one is more than most of these indexes hold. */
  private static final int[] K = {1, 2, 5, 10, 100};

  private static int cases;

  private final Random random = new Random(SEED);

  @AfterAll
  static void thereWereAHundredThousandCases() {
    assertThat(cases).as("seed %d", SEED).isGreaterThanOrEqualTo(100_000);
  }

  @Test
  void everyPairOfFamiliesEqualsThePlainLoop() {
    for (VectorFamily queries : VectorFamily.values()) {
      for (VectorFamily vectors : VectorFamily.values()) {
        for (int trial = 0; trial < 10; trial++) {
          int dimension = 1 + random.nextInt(12);
          check(queries, filled(vectors, dimension, random.nextInt(60)), 50);
        }
      }
    }
  }

  @Test
  void mixedFamiliesEqualThePlainLoop() {
    for (int trial = 0; trial < 1_000; trial++) {
      int dimension = 1 + random.nextInt(16);
      check(VectorFamily.any(random), mixed(dimension, random.nextInt(50)), 50);
    }
  }

  @Test
  void fullDimensionsEqualThePlainLoop() {
    for (VectorFamily queries : VectorFamily.values()) {
      check(queries, mixed(384, 400), 10);
      check(queries, filled(VectorFamily.GAUSSIAN, 384, 300), 10);
      check(queries, filled(VectorFamily.SMALL_INTEGERS, 384, 300), 10);
    }
  }

  @Test
  void manySmallBlocksEqualThePlainLoop() {
    for (int trial = 0; trial < 20; trial++) {
      check(VectorFamily.any(random), mixed(4_000, 70), 10);
    }
  }

  @Test
  void clusteredVectorsAreReScoredByTheDozenOnly() {
    Indexes indexes = new Indexes(64);
    float[][] centers = new float[20][];
    for (int i = 0; i < centers.length; i++) {
      centers[i] = VectorFamily.GAUSSIAN.vector(random, 64);
    }
    for (int i = 0; i < 4_000; i++) {
      indexes.insert(i, near(centers[i % centers.length]));
    }
    for (int trial = 0; trial < 20; trial++) {
      SearchResult result = indexes.check(near(centers[trial]), 10);
      assertThat(result.scanned()).isEqualTo(4_000);
      assertThat(result.reScored()).isBetween(10L, 100L);
    }
  }

  @Test
  void aCandidateWhoseUpperBoundEqualsTheLastScoreIsStillScored() {
    // Bounds of zero vectors have width 0 but for a constant: all upper bounds are equal.
    Indexes indexes = new Indexes(3);
    for (int i = 40; i > 0; i--) {
      indexes.insert(i, new float[3]);
    }
    indexes.check(new float[] {1, 2, 3}, 1);
    indexes.check(new float[3], 1);
  }

  private float[] near(float[] center) {
    float[] vector = center.clone();
    for (int i = 0; i < vector.length; i++) {
      vector[i] += 0.3f * (float) random.nextGaussian();
    }
    return vector;
  }

  private Indexes filled(VectorFamily family, int dimension, int count) {
    Indexes indexes = new Indexes(dimension);
    for (int i = 0; i < count; i++) {
      indexes.insert(random.nextInt(), family.vector(random, dimension));
    }
    return indexes;
  }

  /** Vectors of all families at all scales, and every tenth one a duplicate of the one before. */
  private Indexes mixed(int dimension, int count) {
    Indexes indexes = new Indexes(dimension);
    float[] vector = new float[dimension];
    for (int i = 0; i < count; i++) {
      if (i % 10 != 0) {
        vector = VectorFamily.any(random).scaled(random, dimension, 20);
      }
      indexes.insert(random.nextInt(), vector);
    }
    return indexes;
  }

  private void check(VectorFamily queries, Indexes indexes, int times) {
    for (int i = 0; i < times; i++) {
      float[] query = queries.scaled(random, indexes.dimension, 20);
      indexes.check(query, K[i % K.length]);
    }
  }

  /** A cell and its oracle, fed alike. */
  private static final class Indexes {
    private final int dimension;
    private final Cell cell;
    private final PlainIndex plain = new PlainIndex();

    Indexes(int dimension) {
      this.dimension = dimension;
      this.cell = new Cells(new MapBlockStore(), 0).cell(ID, dimension);
    }

    void insert(int uid, float[] vector) {
      IndexEntry entry = new IndexEntry(new Hash128(uid, 7), 1, uid & 15, vector);
      cell.insert(entry);
      plain.insert(entry);
    }

    SearchResult check(float[] query, int k) {
      SearchResult result = cell.search(query, k);
      cases++;
      assertThat(result.hits()).isEqualTo(plain.search(query, k));
      return result;
    }
  }
}
