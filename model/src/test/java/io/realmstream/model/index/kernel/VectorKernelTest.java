package io.realmstream.model.index.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is the vector kernel's own: halves of rows, and dimensions that fill no whole step. */
class VectorKernelTest {
  private static final int UNTOUCHED = 4_711;

  private final Kernel vector = Kernel.vector().orElseThrow();

  /** Dimensions that two registers of shorts hold. */
  private final int step =
      2 * Integer.parseInt(vector.label().substring("vector-".length())) / Short.SIZE;

  private final Random random = new Random(23);

  /** Two rows go at a time, half of all apart: of an odd number the middle one goes twice. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 8, 9, 101})
  void everyNumberOfRowsGivesTheScalarTwinsProducts(int rows) {
    for (int length : new int[] {1, step - 1, step, step + 1, 3 * step, 3 * step + 1}) {
      short[] query = query(length);
      Rows block = new Rows(codes(7 + rows * length), 7, rows);
      int[] dots = untouched(rows);
      vector.dots(query, block, dots);
      assertThat(dots).as("%d rows of length %d", rows, length).isEqualTo(scalar(query, block));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 5})
  void fourQueriesGetTheProductsOfEach(int rows) {
    for (int length : new int[] {1, step, step + 1}) {
      short[][] queries = new short[Kernel.FOUR][];
      int[][] dots = new int[Kernel.FOUR][];
      for (int i = 0; i < Kernel.FOUR; i++) {
        queries[i] = query(length);
        dots[i] = untouched(rows);
      }
      Rows block = new Rows(codes(7 + rows * length), 7, rows);
      vector.dots(queries, block, dots);
      for (int i = 0; i < Kernel.FOUR; i++) {
        assertThat(dots[i]).isEqualTo(scalar(queries[i], block));
      }
    }
  }

  /** The sum of two products of 127 and -127 fits a short by 510, and one of four would not. */
  @Test
  void theLargestSumsOfPairsDoNotOverflow() {
    int length = 4 * step;
    short[] query = new short[length];
    byte[] codes = new byte[2 * length];
    Arrays.fill(query, (short) 127);
    Arrays.fill(codes, 0, length, (byte) 127);
    Arrays.fill(codes, length, 2 * length, (byte) -127);
    int[] dots = new int[2];
    vector.dots(query, new Rows(codes, 0, 2), dots);
    assertThat(dots).containsExactly(length * 127 * 127, -length * 127 * 127);
  }

  private int[] scalar(short[] query, Rows block) {
    int[] dots = untouched(block.count());
    Kernel.scalar().dots(query, block, dots);
    return dots;
  }

  /** Longer than there are rows. */
  private static int[] untouched(int rows) {
    int[] dots = new int[rows + 2];
    Arrays.fill(dots, UNTOUCHED);
    return dots;
  }

  private short[] query(int length) {
    short[] query = new short[length];
    for (int j = 0; j < length; j++) {
      query[j] = (short) (random.nextInt(255) - 127);
    }
    return query;
  }

  private byte[] codes(int length) {
    byte[] codes = new byte[length];
    for (int j = 0; j < length; j++) {
      codes[j] = (byte) (random.nextInt(255) - 127);
    }
    return codes;
  }
}
