package io.realmstream.model.index.topk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DifferentLargestTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 18, 1000})
  void valueIsTheKthOfTheSortedDifferentNumbers(int k) {
    Random random = new Random(k);
    for (int range : new int[] {2, 30, 100_000}) {
      DifferentLargest largest = new DifferentLargest(k);
      NavigableSet<Double> all = new TreeSet<>();
      for (int i = 0; i < 3_000; i++) {
        double number = (random.nextInt(range) - range / 2) / 7.0 + 0.0;
        largest.offer(number);
        all.add(number);

        assertThat(largest.value()).isEqualTo(kth(all, k));
      }
    }
  }

  @Test
  void bothZerosAreOneNumberAndNothingIsBelowAll() {
    DifferentLargest largest = new DifferentLargest(2);
    largest.offer(0.0);
    largest.offer(-0.0);
    largest.offer(Double.NEGATIVE_INFINITY);
    assertThat(largest.value()).isEqualTo(Double.NEGATIVE_INFINITY);

    largest.offer(-1);
    assertThat(largest.value()).isEqualTo(-1);
    largest.offer(Double.POSITIVE_INFINITY);
    assertThat(largest.value()).isEqualTo(0);
  }

  private static double kth(NavigableSet<Double> all, int k) {
    Iterator<Double> descending = all.descendingIterator();
    double value = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < k; i++) {
      if (!descending.hasNext()) {
        return Double.NEGATIVE_INFINITY;
      }
      value = descending.next();
    }
    return value;
  }
}
