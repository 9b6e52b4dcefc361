package io.realmstream.model.index.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Borders of the code; that its bounds hold for all vectors is in ErrorBoundTest. */
class Int8CodeTest {
  @Test
  void entriesAreRoundedToTheNearestCodeAndHalvesToTheEvenOne() {
    Int8Code code = Int8Code.of(new float[] {127, .5f, 1.5f, -.5f, -2.5f, 2.51f, -126.6f});

    assertThat(code.codes()).containsExactly(127, 0, 2, 0, -2, 3, -127);
    assertThat(code.alpha()).isEqualTo(1);
  }

  @Test
  void largestEntryOfEitherSignGivesTheScale() {
    Int8Code code = Int8Code.of(new float[] {127, -254, 0});

    assertThat(code.alpha()).isEqualTo(2);
    assertThat(code.codes()).containsExactly(64, -127, 0);
    assertThat(code.entry(1)).isEqualTo(-254);
    assertThat(code.entry(0)).isEqualTo(128);
    // half a step, rounded up
    assertThat(code.error()).isBetween(1f, Math.nextUp(1f));
  }

  @Test
  void codeStaysWithinItsByteWhereTheScaleIsRoundedDown() {
    // 190 / 127 is 1 in the smallest float32
    Int8Code code = Int8Code.of(new float[] {190 * Float.MIN_VALUE, -190 * Float.MIN_VALUE});

    assertThat(code.alpha()).isEqualTo(Float.MIN_VALUE);
    assertThat(code.codes()).containsExactly(127, -127);
    assertThat(code.error()).isGreaterThanOrEqualTo((float) (63 * Math.sqrt(2)) * Float.MIN_VALUE);
  }

  @Test
  void vectorTooSmallForAScaleIsAllError() {
    Int8Code code = Int8Code.of(new float[] {Float.MIN_VALUE, 0, -Float.MIN_VALUE});

    assertThat(code.alpha()).isZero();
    assertThat(code.codes()).containsOnly(0);
    assertThat(code.norm()).isZero();
    assertThat(code.error()).isEqualTo(2 * Float.MIN_VALUE);
  }

  @Test
  void normBeyondAFloatIsInfiniteAndTheErrorIsNot() {
    Int8Code code = Int8Code.of(new float[] {Float.MAX_VALUE, -Float.MAX_VALUE});

    assertThat(code.codes()).containsExactly(127, -127);
    assertThat(code.alpha()).isFinite();
    assertThat(code.norm()).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(code.error()).isFinite();
  }

  @Test
  void entryThatIsNotFiniteIsRefusedWithItsPlace() {
    assertThatThrownBy(() -> Int8Code.of(new float[] {1, Float.NaN, Float.NaN}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("entry 1 of the vector is NaN");
    assertThatThrownBy(() -> Int8Code.of(new float[] {Float.NEGATIVE_INFINITY}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("entry 0 of the vector is -Infinity");
  }

  @Test
  void zeroIsTheCodeOfTheZeroVector() {
    assertThat(Int8Code.zero(3)).usingRecursiveComparison().isEqualTo(Int8Code.of(new float[3]));
    assertThat(Int8Code.of(new float[0]).codes()).isEmpty();
  }

  @Test
  void widenedCodesKeepTheirSigns() {
    assertThat(Int8Code.of(new float[] {127, -127, -1, 0}).widened())
        .containsExactly(127, -127, -1, 0);
  }
}
