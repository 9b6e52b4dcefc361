package io.realmstream.model.index.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.realmstream.model.index.vector.Int8Code;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class KMeansTest {
  /** Multiples of it are exact in int8. */
  private static final float UNIT = 127;

  @Test
  void equalPointsAndSeedsGiveEqualCentroidsAndOtherSeedsOthers() {
    Int8Code[] points = clustered(500);
    float[] rows = KMeans.train(points, 20, 3).rows();

    assertThat(KMeans.train(points.clone(), 20, 3).rows()).isEqualTo(rows);
    assertThat(KMeans.train(points, 20, 4).rows()).isNotEqualTo(rows);
  }

  @Test
  void thereAreNoMoreCentroidsThanPoints() {
    Centroids centroids = KMeans.train(line(3, 1, 2), 9, 1);

    assertThat(middles(centroids)).containsExactlyInAnyOrder(UNIT, 2 * UNIT, 3 * UNIT);
    assertThat(KMeans.train(line(5), 1, 1).rows()).containsExactly(5 * UNIT, 0);
  }

  @Test
  void centroidsAreTheMeansOfTheirPointsWhicheverWereDrawn() {
    for (int seed = 0; seed < 30; seed++) {
      assertThat(middles(KMeans.train(line(0, 200, 2, 202), 2, seed)))
          .as("seed %d", seed)
          .containsExactlyInAnyOrder(UNIT, 201 * UNIT);
    }
  }

  @Test
  void convergedCentroidsAreTheMeansOfThePointsThatAreNearestToThem() {
    Int8Code[] points = clustered(60);
    Centroids centroids = KMeans.train(points, 3, 5);
    double[] sums = new double[3 * 4];
    int[] sizes = new int[3];
    for (Int8Code point : points) {
      int cell = centroids.cellOf(point);
      sizes[cell]++;
      for (int i = 0; i < 4; i++) {
        sums[4 * cell + i] += point.entry(i);
      }
    }
    for (int cell = 0; cell < 3; cell++) {
      for (int i = 0; i < 4; i++) {
        double mean = sums[4 * cell + i] / sizes[cell];
        assertThat((double) centroids.row(cell)[i]).isCloseTo(mean, within(1e-6));
      }
    }
  }

  @Test
  void spreadOfFewPointsIsDrawnToWhatIsUsual() {
    // squared distances in units: 1 and 1 about 1, 0 about 100; usual 2/3, counted four times
    for (int seed = 0; seed < 10; seed++) {
      Centroids centroids = KMeans.train(line(0, 2, 100), 2, seed);
      float[] rows = centroids.rows();
      int pair = rows[0] < rows[2] ? 0 : 2;
      assertThat(rows[pair]).isEqualTo(UNIT);
      assertThat(rows[pair + 1]).isEqualTo((float) (UNIT * Math.sqrt((2 + 8 / 3.0) / 6)));
      assertThat(rows[2 - pair + 1]).isEqualTo((float) (UNIT * Math.sqrt(8 / 3.0 / 5)));
    }
  }

  @Test
  void emptyCellsTakeThePointsFarthestFromTheMostCrowdedOnesCentroid() {
    int[] numbers = new int[1_002];
    numbers[500] = 10;
    numbers[501] = 20;
    // all three that this seed draws are zeros
    Centroids centroids = KMeans.train(line(numbers), 3, 1);

    assertThat(centroids.rows()).containsExactly(0, 0, 20 * UNIT, 0, 10 * UNIT, 0);
  }

  @Test
  void ofPointsEquallyFarTheFirstIsTaken() {
    int[] numbers = new int[1_002];
    numbers[500] = -20;
    numbers[501] = 20;
    // both that this seed draws are zeros
    Centroids centroids = KMeans.train(line(numbers), 2, 1);

    assertThat(centroids.row(1)).containsExactly(-20 * UNIT);
  }

  @Test
  void cellsOfEqualPointsStayEmptyWhereTheyWereDrawn() {
    Centroids centroids = KMeans.train(line(7, 7, 7, 7), 3, 1);

    assertThat(centroids.rows()).containsExactly(7 * UNIT, 0, 7 * UNIT, 0, 7 * UNIT, 0);
  }

  private static Int8Code[] line(int... numbers) {
    return Arrays.stream(numbers)
        .mapToObj(number -> Int8Code.of(new float[] {number * UNIT}))
        .toArray(Int8Code[]::new);
  }

  private static Int8Code[] clustered(int count) {
    Clusters clusters = new Clusters(5, 4, 9);
    Int8Code[] points = new Int8Code[count];
    for (int i = 0; i < count; i++) {
      points[i] = Int8Code.of(clusters.vector());
    }
    return points;
  }

  private static List<Float> middles(Centroids centroids) {
    List<Float> middles = new ArrayList<>();
    for (int cell = 0; cell < centroids.count(); cell++) {
      middles.add(centroids.row(cell)[0]);
    }
    return middles;
  }
}
