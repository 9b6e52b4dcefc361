package io.realmstream.model.index.vector;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A float32 vector as stored for re-scoring: its entries in order, little-endian, 4 bytes each. */
public final class StoredVector {
  private static final VarHandle FLOAT =
      MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);

  private StoredVector() {}

  /** The bytes of a vector: 4 for each entry. */
  public static byte[] pack(float[] vector) {
    byte[] packed = new byte[vector.length * Float.BYTES];
    for (int i = 0; i < vector.length; i++) {
      FLOAT.set(packed, i * Float.BYTES, vector[i]);
    }
    return packed;
  }

  /**
   * The exact score: products and sum in double, over ascending i. Begun at +0.0, the sum is never
   * -0.0, so that equal scores are also equal in order.
   */
  public static double score(float[] query, ByteBuffer packed) {
    byte[] bytes = packed.array();
    int start = packed.arrayOffset() + packed.position();
    double sum = 0;
    for (int i = 0; i < query.length; i++) {
      sum += (double) query[i] * (float) FLOAT.get(bytes, start + i * Float.BYTES);
    }
    return sum;
  }
}
