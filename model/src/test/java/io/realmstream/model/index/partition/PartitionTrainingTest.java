package io.realmstream.model.index.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.model.index.vector.Int8Code;
import io.realmstream.schemas.Hash128;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionTrainingTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void samePassagesGiveTheSamePartitionInWhateverOrderTheyCame(long seed) {
    SortedMap<Hash128, float[]> sample = new Clusters(12, 16, 5).sample(900);
    List<Map.Entry<Hash128, float[]>> shuffled = new ArrayList<>(sample.entrySet());
    Collections.shuffle(shuffled, new Random(seed));
    SortedMap<Hash128, float[]> again = new TreeMap<>();
    shuffled.forEach(entry -> again.put(entry.getKey(), entry.getValue().clone()));

    Partition one = train(sample, 3_000);
    Partition other = train(again, 3_000);
    assertThat(other.digest()).isEqualTo(one.digest());
    assertThat(other.centroids().rows()).isEqualTo(one.centroids().rows());
    assertThat(other.probes()).isEqualTo(one.probes());
  }

  @Test
  void oneMorePassageGivesAnotherPartition() {
    SortedMap<Hash128, float[]> sample = new Clusters(12, 16, 5).sample(900);
    Hash128 before = train(sample, 3_000).digest();
    sample.put(new Hash128(0, 0), new float[16]);

    assertThat(train(sample, 3_000).digest()).isNotEqualTo(before);
  }

  @Test
  void clustersThatLieApartGetCellsOfTheirOwn() {
    SortedMap<Hash128, float[]> sample = new TreeMap<>();
    for (int i = 0; i < 400; i++) {
      float[] vector = new float[4];
      vector[i % 4] = 10 + i * 1e-4f;
      sample.put(Hash128.ofTexts(Integer.toString(i)), vector);
    }
    Partition partition = train(sample, 16);

    assertThat(partition.cells()).isEqualTo(4);
    assertThat(sample.values().stream().map(partition::cellOf).distinct()).hasSize(4);
    assertThat(partition.probes().cells()).isEqualTo(2);
    assertThat(partition.centroids().ranked(new float[] {10, 0, 0, 0}, partition.probes()))
        .hasSize(1);
    // evenly over .04: the root of the mean squared distance is a twelfth of that, under the root
    float[] rows = partition.centroids().rows();
    for (int cell = 0; cell < 4; cell++) {
      assertThat(rows[cell * 5 + 4]).isBetween(0.010f, 0.013f);
    }
  }

  @Test
  void probesThatWereMeasuredFindTheNeighboursOfNewQueries() {
    Clusters clusters = new Clusters(600, 16, 6);
    SortedMap<Hash128, float[]> sample = clusters.sample(4_000);
    Partition partition = train(sample, 4_000);
    List<float[]> points = List.copyOf(sample.values());
    int found = 0;
    int least = Integer.MAX_VALUE;
    int most = 0;
    int all = 0;
    for (int i = 0; i < 200; i++) {
      float[] query = clusters.vector();
      int[] probed = partition.centroids().ranked(query, partition.probes());
      least = Math.min(least, probed.length);
      most = Math.max(most, probed.length);
      all += probed.length;
      found +=
          (int)
              best(points, query).stream()
                  .filter(v -> Arrays.stream(probed).anyMatch(c -> c == partition.cellOf(v)))
                  .count();
    }

    assertThat(most).isLessThanOrEqualTo(partition.probes().cells());
    assertThat(all / 200).isLessThan(partition.cells() / 2);
    assertThat(least).isLessThan(most / 2);
    assertThat(found / 2_000.0).isGreaterThanOrEqualTo(0.95);
  }

  @Test
  void equalPassagesAndFewPassagesAreDividedToo() {
    SortedMap<Hash128, float[]> sample = new TreeMap<>();
    for (int i = 0; i < 50; i++) {
      sample.put(new Hash128(i, 0), new float[] {1, 1});
    }
    Partition equal = train(sample, 1_000);
    assertThat(equal.cells()).isEqualTo(31);
    assertThat(equal.cellOf(new float[] {1, 1})).isZero();

    SortedMap<Hash128, float[]> one = new TreeMap<>(Map.of(new Hash128(1, 1), new float[] {3}));
    assertThat(train(one, 1_000).cells()).isEqualTo(1);
  }

  @Test
  void vectorsOfAnotherDimensionThanMostAreLeftOut() {
    SortedMap<Hash128, float[]> sample = new Clusters(5, 8, 7).sample(100);
    Hash128 before = train(sample, 100).digest();
    sample.put(new Hash128(0, 0), new float[9]);
    Partition partition = train(sample, 100);

    assertThat(partition.digest()).isEqualTo(before);
    assertThat(partition.cellOf(new float[9])).isZero();
  }

  @Test
  void nothingCannotBeDivided() {
    assertThatThrownBy(() -> train(new TreeMap<>(), 10))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void cellsGrowWithTheirNumberAndThenInNumber() {
    assertThat(PartitionTraining.cells(0)).isEqualTo(1);
    assertThat(PartitionTraining.cells(400)).isEqualTo(20);
    assertThat(PartitionTraining.cells(10_300)).isEqualTo(103);
    assertThat(PartitionTraining.cells(1_000_000)).isEqualTo(10_000);
  }

  private static Partition train(SortedMap<Hash128, float[]> sample, long passages) {
    SortedMap<Hash128, Int8Code> codes = new TreeMap<>();
    sample.forEach((uid, vector) -> codes.put(uid, Int8Code.of(vector)));
    return PartitionTraining.train(codes, passages);
  }

  private static List<float[]> best(List<float[]> points, float[] query) {
    return points.stream()
        .sorted((a, b) -> Double.compare(product(b, query), product(a, query)))
        .limit(10)
        .toList();
  }

  private static double product(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
