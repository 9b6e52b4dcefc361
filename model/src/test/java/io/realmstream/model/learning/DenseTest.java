package io.realmstream.model.learning;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DenseTest {
  /** Around the four sums that run beside each other; whole numbers, so every order is exact. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 4, 5, 8, 9})
  void dotTakesEveryEntryOnce(int length) {
    double[] a = new double[length];
    double[] b = new double[length];
    double expected = 0;
    for (int i = 0; i < length; i++) {
      a[i] = i + 1;
      b[i] = 10 - i;
      expected += a[i] * b[i];
    }
    assertThat(Dense.dot(a, b)).isEqualTo(expected);
  }

  @Test
  void productIsOfARowWithAMatrix() {
    double[] matrix = {1, 2, 3, 4, 5, 6}; // two rows of three
    assertThat(Dense.product(new double[] {10, 100}, matrix, 3)).containsExactly(410, 520, 630);
  }

  @Test
  void sumsGoIntoWhatIsThere() {
    double[] to = {1, 1};
    Dense.add(2, new double[] {3, 4}, to);
    assertThat(to).containsExactly(7, 9);

    double[] matrix = {1, 1, 1, 1, 1, 1};
    Dense.addOuter(new double[] {1, 2}, new double[] {3, 4, 5}, matrix);
    assertThat(matrix).containsExactly(4, 5, 6, 7, 9, 11);
  }

  @Test
  void oneBadNumberIsSeen() {
    assertThat(Dense.isFinite(new double[] {1, -1, 0})).isTrue();
    assertThat(Dense.isFinite(new double[] {1, Double.NaN})).isFalse();
    assertThat(Dense.isFinite(new double[] {Double.NEGATIVE_INFINITY, 1})).isFalse();
  }
}
