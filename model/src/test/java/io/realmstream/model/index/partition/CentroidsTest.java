package io.realmstream.model.index.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CentroidsTest {
  /** More than one tile of them. */
  private static final int COUNT = 1_100;

  private final Clusters clusters = new Clusters(50, 24, 1);

  @Test
  void cellIsThatOfTheNearestCentroid() {
    Centroids centroids = many();
    for (int i = 0; i < 200; i++) {
      float[] vector = clusters.vector();
      assertThat(centroids.cellOf(vector)).isEqualTo(nearest(centroids, vector));
    }
  }

  @Test
  void cellsAreRankedByInnerProduct() {
    Centroids centroids = many();
    float[] query = clusters.vector();
    int[] byHand =
        IntStream.range(0, COUNT)
            .boxed()
            .sorted(Comparator.comparingDouble(j -> -product(query, centroids.row(j))))
            .mapToInt(j -> j)
            .toArray();

    assertThat(centroids.ranked(query, COUNT)).isEqualTo(byHand);
    assertThat(centroids.ranked(query, 3)).containsExactly(byHand[0], byHand[1], byHand[2]);
    assertThat(centroids.ranked(query, Integer.MAX_VALUE)).hasSize(COUNT);
  }

  @Test
  void smallerNumberComesFirstAmongEquals() {
    Centroids centroids = new Centroids(new float[] {0, 1, -1, 0, 0, 1, 0, -0f, 0, 0}, 2);

    assertThat(centroids.cellOf(new float[] {0, 3})).isZero();
    assertThat(centroids.ranked(new float[] {0, 1}, 9)).containsExactly(0, 2, 1, 3, 4);
    assertThat(centroids.ranked(new float[] {0, 0}, 9)).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void anotherDimensionIsRefused() {
    Centroids centroids = new Centroids(new float[] {1, 2}, 2);
    assertThatThrownBy(() -> centroids.cellOf(new float[3]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> centroids.ranked(new float[1], 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> centroids.ranked(new float[2], 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Centroids(new float[3], 2))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Centroids(new float[0], 2))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Centroids many() {
    float[] rows = new float[COUNT * 24];
    for (int j = 0; j < COUNT; j++) {
      System.arraycopy(clusters.vector(), 0, rows, j * 24, 24);
    }
    return new Centroids(rows, 24);
  }

  private static int nearest(Centroids centroids, float[] vector) {
    int nearest = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int j = 0; j < centroids.count(); j++) {
      float[] row = centroids.row(j);
      double square = 0;
      for (int i = 0; i < row.length; i++) {
        square += ((double) row[i] - vector[i]) * ((double) row[i] - vector[i]);
      }
      if (square < least) {
        least = square;
        nearest = j;
      }
    }
    return nearest;
  }

  private static double product(float[] query, float[] row) {
    double sum = 0;
    for (int i = 0; i < row.length; i++) {
      sum += (double) query[i] * row[i];
    }
    return sum;
  }
}
