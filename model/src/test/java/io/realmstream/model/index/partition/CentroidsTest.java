package io.realmstream.model.index.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.model.index.vector.InnerProduct;
import io.realmstream.model.index.vector.Int8Code;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CentroidsTest {
  private static final int COUNT = 1_100;

  private final Clusters clusters = new Clusters(50, 24, 1);

  @Test
  void cellIsThatOfTheNearestCentroidAsTheCodesHaveIt() {
    Centroids centroids = many();
    List<float[]> vectors = Stream.generate(clusters::vector).limit(203).toList();
    for (int i = 0; i < vectors.size(); i++) {
      int nearest = nearest(centroids, decoded(vectors.get(i)));
      assertThat(centroids.cellOf(vectors.get(i))).isEqualTo(nearest);
    }
  }

  @Test
  void cellsAreRankedByInnerProductOfTheCodesAndSpread() {
    Centroids centroids = many();
    float[] query = clusters.vector();
    float[] coded = decoded(query);
    double ahead = 0.2 * Math.sqrt(InnerProduct.of(coded, coded));
    int[] byHand =
        IntStream.range(0, COUNT)
            .boxed()
            .sorted(
                Comparator.comparingDouble(
                    j -> -InnerProduct.of(coded, decoded(centroids.row(j))) - ahead * spread(j)))
            .mapToInt(j -> j)
            .toArray();

    assertThat(centroids.ranked(query, ProbeLimit.of(COUNT))).isEqualTo(byHand);
    assertThat(centroids.ranked(query, ProbeLimit.of(3)))
        .containsExactly(byHand[0], byHand[1], byHand[2]);
    assertThat(centroids.ranked(query, ProbeLimit.of(Integer.MAX_VALUE))).hasSize(COUNT);
  }

  @Test
  void rankingByGroupsLeavesHardlyAnyOfTheBestOut() {
    Centroids centroids = many();
    int common = 0;
    for (int i = 0; i < 100; i++) {
      float[] query = clusters.vector();
      List<Integer> best = new ArrayList<>();
      for (int cell : Arrays.copyOf(centroids.ranked(query, ProbeLimit.of(COUNT)), 20)) {
        best.add(cell);
      }
      best.retainAll(Arrays.stream(centroids.ranked(query, ProbeLimit.of(20))).boxed().toList());
      common += best.size();
    }
    assertThat(common).isGreaterThan(1_980);
  }

  @Test
  void noCentroidIsMuchNearerThanTheCellsOwn() {
    Centroids centroids = many();
    for (int i = 0; i < 1_000; i++) {
      float[] vector = clusters.vector();
      double own = distance(vector, centroids.row(centroids.cellOf(vector)));
      double least =
          IntStream.range(0, COUNT)
              .mapToDouble(j -> distance(vector, centroids.row(j)))
              .min()
              .orElseThrow();
      assertThat(own).isLessThan(1.1 * least);
    }
  }

  @Test
  void smallerNumberComesFirstAmongEquals() {
    float[] rows = {0, 1, 0, -1, 0, 0, 0, 1, 0, 0, -0f, 0, 0, 0, 0};
    Centroids centroids = new Centroids(rows, 2);

    assertThat(centroids.cellOf(new float[] {0, 3})).isZero();
    assertThat(centroids.ranked(new float[] {0, 1}, ProbeLimit.of(9)))
        .containsExactly(0, 2, 1, 3, 4);
    assertThat(centroids.ranked(new float[] {0, 0}, ProbeLimit.of(9)))
        .containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void ofCellsInOneDirectionTheWiderComesFirst() {
    Centroids centroids = new Centroids(new float[] {1, 0, .3f, 1, 0, .5f, 1.05f, 0, .1f}, 2);

    assertThat(centroids.ranked(new float[] {2, 0}, ProbeLimit.of(3))).containsExactly(1, 2, 0);
    assertThat(centroids.cellOf(new float[] {1, 0})).isZero();
  }

  @Test
  void cellsThatPromiseMuchLessThanTheBestFiveAreNotProbed() {
    // codes of one dimension are exact: for the query 2 the cells promise 20, 18, 16, 14, 12, 8, 2
    Centroids line = new Centroids(new float[] {1, 0, 4, 0, 6, 0, 7, 0, 8, 0, 9, 0, 10, 0}, 1);
    float[] query = {2};

    assertThat(line.ranked(query, new ProbeLimit(7, 3.99f))).containsExactly(6, 5, 4, 3, 2);
    assertThat(line.ranked(query, new ProbeLimit(7, 4.01f))).containsExactly(6, 5, 4, 3, 2, 1);
    assertThat(line.ranked(query, new ProbeLimit(3, 4.01f))).containsExactly(6, 5, 4);
    assertThat(line.ranked(query, new ProbeLimit(7, -.99f))).containsExactly(6, 5);
    assertThat(line.ranked(query, new ProbeLimit(7, -9))).containsExactly(6);
    assertThat(line.ranked(new float[] {0}, new ProbeLimit(7, 0))).hasSize(7);
    assertThat(line.margins(Int8Code.of(query), 6, new int[] {1, 5, 0}))
        .containsExactly(4, -1, Double.POSITIVE_INFINITY);
  }

  @Test
  void exactQueryProbesAllEvenWhenScoresOverflow() {
    float huge = Float.MAX_VALUE;
    Centroids centroids = new Centroids(new float[] {huge, 0, -huge, 0, 1, 0, 0, 0}, 1);

    assertThat(centroids.ranked(new float[] {huge}, ProbeLimit.of(4)))
        .containsExactlyInAnyOrder(0, 1, 2, 3);
  }

  @Test
  void anotherDimensionIsRefused() {
    Centroids centroids = new Centroids(new float[] {1, 2, 0}, 2);
    assertThatThrownBy(() -> centroids.cellOf(new float[3]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> centroids.ranked(new float[1], ProbeLimit.of(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Centroids(new float[4], 2))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Centroids(new float[0], 2))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Centroids many() {
    float[] rows = new float[COUNT * 25];
    for (int j = 0; j < COUNT; j++) {
      System.arraycopy(clusters.vector(), 0, rows, j * 25, 24);
      rows[j * 25 + 24] = spread(j);
    }
    return new Centroids(rows, 24);
  }

  private static float spread(int cell) {
    return cell % 7 / 7f;
  }

  private static int nearest(Centroids centroids, float[] coded) {
    return IntStream.range(0, COUNT)
        .boxed()
        .min(
            Comparator.comparingDouble(
                j -> {
                  float[] row = centroids.row(j);
                  return InnerProduct.of(row, row) / 2 - InnerProduct.of(coded, decoded(row));
                }))
        .orElseThrow();
  }

  private static double distance(float[] vector, float[] row) {
    double square = 0;
    for (int i = 0; i < row.length; i++) {
      square += ((double) row[i] - vector[i]) * ((double) row[i] - vector[i]);
    }
    return Math.sqrt(square);
  }

  private static float[] decoded(float[] vector) {
    Int8Code code = Int8Code.of(vector);
    float[] decoded = new float[vector.length];
    for (int i = 0; i < decoded.length; i++) {
      decoded[i] = code.alpha() * code.codes()[i];
    }
    return decoded;
  }
}
