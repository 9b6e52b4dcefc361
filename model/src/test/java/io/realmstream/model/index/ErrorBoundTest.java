package io.realmstream.model.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.index.vector.Int8Code;
import io.realmstream.model.index.vector.QueryCode;
import io.realmstream.model.index.vector.VectorFamily;
import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ErrorBoundTest {
  private static final int[] DIMENSIONS = {1, 2, 3, 16, 100, 384};
  private static final long SEED = 5;

  private final Random random = new Random(SEED);

  @Test
  void errorAndNormAreNotBelowTheExactOnes() {
    for (VectorFamily family : VectorFamily.values()) {
      for (int dimension : DIMENSIONS) {
        for (int trial = 0; trial < 20; trial++) {
          float[] vector = family.scaled(random, dimension, 30);
          checkExactly(family, vector, Int8Code.of(vector));
        }
      }
    }
  }

  @Test
  void theExactScoreIsWithinTheRadius() {
    for (VectorFamily queries : VectorFamily.values()) {
      for (VectorFamily vectors : VectorFamily.values()) {
        for (int dimension : DIMENSIONS) {
          for (int trial = 0; trial < 50; trial++) {
            float[] query = queries.scaled(random, dimension, 30);
            checkRadius(query, vectors.scaled(random, dimension, 30));
            checkRadius(query, query);
            checkRadius(query, worstCase(query));
          }
        }
      }
    }
  }

  @Test
  void theRoundingOfTheSumAloneIsWithinTheRadius() {
    int rounded = 0;
    for (int trial = 0; trial < 200; trial++) {
      float[] query = multiplesOfOneScale();
      float[] vector = multiplesOfOneScale();
      assertThat(Int8Code.of(vector).error()).isZero();
      checkRadius(query, vector);
      rounded += PlainIndex.score(query, vector) == exactly(query, vector).doubleValue() ? 0 : 1;
    }
    assertThat(rounded).as("sums that rounding moved").isGreaterThan(20);
  }

  @Test
  void theErrorIsHalfAStepAnEntryAtMost() {
    float[] vector = VectorFamily.GAUSSIAN.vector(random, 384);
    Int8Code code = Int8Code.of(vector);

    assertThat(code.error()).isLessThan((float) (code.alpha() / 2 * Math.sqrt(384) * 1.0001));
  }

  @Test
  void aZeroVectorHasNoErrorAndNoNorm() {
    Int8Code code = Int8Code.of(new float[5]);

    assertThat(code.codes()).containsOnly(0);
    assertThat(new float[] {code.alpha(), code.error(), code.norm()}).containsOnly(0);
  }

  @Test
  void aVectorOfWholeCodesIsExact() {
    Int8Code code = Int8Code.of(new float[] {127, -127, 1, 0, 64});

    assertThat(code.codes()).containsExactly(127, -127, 1, 0, 64);
    assertThat(code.alpha()).isEqualTo(1);
    assertThat(code.error()).isZero();
  }

  private static void checkExactly(VectorFamily family, float[] vector, Int8Code code) {
    BigDecimal errorSquared = BigDecimal.ZERO;
    BigDecimal normSquared = BigDecimal.ZERO;
    BigDecimal alpha = new BigDecimal(code.alpha());
    for (int i = 0; i < vector.length; i++) {
      BigDecimal approximation = alpha.multiply(BigDecimal.valueOf(code.codes()[i]));
      BigDecimal difference = new BigDecimal(vector[i]).subtract(approximation);
      errorSquared = errorSquared.add(difference.multiply(difference));
      normSquared = normSquared.add(approximation.multiply(approximation));
    }
    assertThat(square(code.error())).as("%s", family).isGreaterThanOrEqualTo(errorSquared);
    if (Float.isFinite(code.norm())) {
      assertThat(square(code.norm())).as("%s", family).isGreaterThanOrEqualTo(normSquared);
    }
  }

  /** The vector whose rounding errors all point along the query: Cauchy-Schwarz is tight there. */
  private float[] worstCase(float[] query) {
    float[] vector = new float[query.length];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = i == 0 ? 127 : random.nextInt(200) - 100 + Math.signum(query[i]) * 0.49999f;
    }
    return vector;
  }

  /** No code is negative: the sum of products outgrows a double, though each factor is exact. */
  private float[] multiplesOfOneScale() {
    float scale = 1 + random.nextInt(1 << 16) * 0x1p-16f;
    float[] vector = new float[384];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = scale * (i == 0 ? 127 : random.nextInt(128));
    }
    return vector;
  }

  private static BigDecimal exactly(float[] query, float[] vector) {
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 0; i < query.length; i++) {
      sum = sum.add(new BigDecimal(query[i]).multiply(new BigDecimal(vector[i])));
    }
    return sum;
  }

  private static void checkRadius(float[] query, float[] vector) {
    QueryCode queryCode = new QueryCode(query);
    Int8Code code = Int8Code.of(vector);
    int dot = 0;
    for (int i = 0; i < query.length; i++) {
      dot += queryCode.codes()[i] * code.codes()[i];
    }
    double approximation = queryCode.approximation(code.alpha(), dot);
    double radius = queryCode.radius(code.error(), code.norm());
    assertThat(PlainIndex.score(query, vector))
        .isBetween(approximation - radius, approximation + radius);
  }

  private static BigDecimal square(float value) {
    return new BigDecimal(value).multiply(new BigDecimal(value));
  }
}
