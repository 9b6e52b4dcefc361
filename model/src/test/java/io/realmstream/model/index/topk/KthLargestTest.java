package io.realmstream.model.index.topk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KthLargestTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 15, 16, 17, 33, 200})
  void valueIsThatAtPlaceKOfAllSortedAfterEveryOffer(int k) {
    Random random = new Random(k);
    KthLargest kth = new KthLargest(k);
    List<Double> offered = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      // few different numbers, so that many are equal
      double number = random.nextInt(100) - 50;
      kth.offer(number);
      offered.add(number);
      offered.sort(Comparator.reverseOrder());
      assertThat(kth.value())
          .isEqualTo(offered.size() < k ? Double.NEGATIVE_INFINITY : offered.get(k - 1));
    }
  }

  @Test
  void beforeKNumbersThereIsNoBound() {
    KthLargest third = new KthLargest(3);
    assertThat(third.value()).isEqualTo(Double.NEGATIVE_INFINITY);
    third.offer(7);
    third.offer(9);
    assertThat(third.value()).isEqualTo(Double.NEGATIVE_INFINITY);
    third.offer(8);
    assertThat(third.value()).isEqualTo(7);
  }

  @Test
  void numberOfferedTwiceCountsTwice() {
    KthLargest second = new KthLargest(2);
    second.offer(5);
    second.offer(5);
    second.offer(4);

    assertThat(second.value()).isEqualTo(5);
  }

  @Test
  void infiniteNumbersAreNumbers() {
    KthLargest second = new KthLargest(2);
    second.offer(Double.NEGATIVE_INFINITY);
    second.offer(Double.POSITIVE_INFINITY);
    assertThat(second.value()).isEqualTo(Double.NEGATIVE_INFINITY);
    second.offer(-Double.MAX_VALUE);
    assertThat(second.value()).isEqualTo(-Double.MAX_VALUE);
  }

  @Test
  void hugeKCostsNothing() {
    KthLargest kth = new KthLargest(Integer.MAX_VALUE);
    for (int i = 0; i < 100; i++) {
      kth.offer(i);
    }
    assertThat(kth.value()).isEqualTo(Double.NEGATIVE_INFINITY);
  }
}
