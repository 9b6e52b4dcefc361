package io.realmstream.model.index.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Borders of the bound; that it holds for all vectors is in ErrorBoundTest. */
class QueryCodeTest {
  private static final float[] EXACT = {127, -127, 1, 0};

  @Test
  void queryOfWholeCodesScoresVectorsOfWholeCodesExactly() {
    QueryCode query = new QueryCode(EXACT);
    // twice (127, 1, 5, 9): dot product of the codes 127 * 127 - 127 + 5
    assertThat(query.codes()).containsExactly(127, -127, 1, 0);
    assertThat(query.approximation(2, 127 * 127 - 127 + 5)).isEqualTo(2.0 * 16_007);
    assertThat(query.approximation(.5f, -3)).isEqualTo(-1.5);
  }

  @Test
  void scoreOfHugeVectorsDoesNotOverflow() {
    QueryCode query = new QueryCode(new float[] {Float.MAX_VALUE});
    float alpha = Float.MAX_VALUE / 127;

    assertThat(query.approximation(alpha, 127 * 127))
        .isEqualTo((double) alpha * alpha * (127 * 127));
  }

  @Test
  void radiusIsTheQuerysLengthTimesTheVectorsErrorAndItsOwnErrorTimesTheNorm() {
    // codes (127, 0): length 127.001, error .5
    QueryCode query = new QueryCode(new float[] {127, .5f});
    double length = Math.sqrt(127 * 127 + .25);

    assertThat(query.radius(1, 0)).isBetween(length, length * (1 + 1e-12));
    assertThat(query.radius(0, 1)).isBetween(.5, .5 * (1 + 1e-6));
    assertThat(query.radius(2, 3)).isBetween(2 * length + 1.5, (2 * length + 1.5) * (1 + 1e-6));
  }

  @Test
  void radiusOfExactCodesIsThatOfRoundingAlone() {
    QueryCode query = new QueryCode(EXACT);

    assertThat(query.radius(0, 0)).isZero();
    assertThat(query.radius(0, 1)).isPositive().isLessThan(1e-12);
  }

  @Test
  void radiusIsNeverUnknown() {
    float infinite = Float.POSITIVE_INFINITY;
    for (float[] vector : new float[][] {{0}, {Float.MIN_VALUE}, {1}, {Float.MAX_VALUE}}) {
      QueryCode query = new QueryCode(vector);
      assertThat(query.radius(0, infinite)).isEqualTo(infinite);
      assertThat(query.radius(infinite, 0)).isEqualTo(infinite);
    }
  }

  @Test
  void entryThatIsNotFiniteIsRefused() {
    assertThatThrownBy(() -> new QueryCode(new float[] {0, Float.POSITIVE_INFINITY}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("entry 1 of the vector is Infinity");
  }
}
