package io.realmstream.model.onnx.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuantizedTest {
  @Test
  void largestEntryOfEachColumnBecomes127() {
    Quantized quantized = quantized(254, 1, 0, -127, -.5f, 0);

    assertThat(quantized.scales().asFloatBuffer().get(0)).isEqualTo(2);
    assertThat(quantized.scales().asFloatBuffer().get(1)).isEqualTo(1 / 127f);
    assertThat(values(quantized)).containsExactly(127, 127, 0, -64, -64, 0);
  }

  @Test
  void columnOfZerosHasAScaleAboveZero() {
    Quantized quantized = quantized(1, 2, 0, 3, 4, 0);

    assertThat(quantized.scales().asFloatBuffer().get(2)).isPositive();
    assertThat(values(quantized)[2]).isZero();
    assertThat(values(quantized)[5]).isZero();
  }

  /** Two rows of three columns. */
  private static Quantized quantized(float... entries) {
    return Quantized.of(entries, 3);
  }

  private static byte[] values(Quantized quantized) {
    byte[] values = new byte[quantized.values().remaining()];
    quantized.values().duplicate().get(values);
    return values;
  }
}
