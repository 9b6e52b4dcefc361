package io.realmstream.model.onnx.file;

import java.nio.ByteBuffer;

/**
 * A weight matrix in int8: each column has a scale, so that its largest entry becomes 127 or -127.
 *
 * @param values row by row, as the matrix
 * @param scales float32, one a column: entry = scale * value
 */
public record Quantized(int rows, int columns, ByteBuffer values, ByteBuffer scales) {
  private static final int LARGEST = 127;

  /** A column of zeros has a scale, too. */
  private static final float SCALE_MIN = 1e-12f / LARGEST;

  /**
   * Quantizes.
   *
   * @param entries of the matrix, row by row
   */
  public static Quantized of(float[] entries, int columns) {
    float[] scales = new float[columns];
    for (int i = 0; i < entries.length; i++) {
      scales[i % columns] = Math.max(scales[i % columns], Math.abs(entries[i]) / LARGEST);
    }
    ByteBuffer scaleBytes = OnnxGraph.littleEndian(Float.BYTES * columns);
    for (int column = 0; column < columns; column++) {
      scales[column] = Math.max(scales[column], SCALE_MIN);
      scaleBytes.putFloat(Float.BYTES * column, scales[column]);
    }
    byte[] values = new byte[entries.length];
    for (int i = 0; i < entries.length; i++) {
      values[i] = (byte) Math.rint(entries[i] / scales[i % columns]);
    }
    return new Quantized(entries.length / columns, columns, ByteBuffer.wrap(values), scaleBytes);
  }
}
