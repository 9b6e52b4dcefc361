package io.realmstream.model.index.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every kernel must do, against a loop in long arithmetic. */
class KernelTest {
  private static final int LENGTH_MAX = 1_030;
  private static final int ROWS = 3;

  static Stream<Kernel> kernels() {
    return Stream.of(Kernel.scalar(), Kernel.vector().orElseThrow());
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void everyLengthGivesTheExactDotProducts(Kernel kernel) {
    Random random = new Random(17);
    for (int length = 0; length <= LENGTH_MAX; length++) {
      short[] query = new short[length];
      for (int j = 0; j < length; j++) {
        query[j] = code(random);
      }
      byte[] block = new byte[5 + 3 * length + 2];
      for (int j = 0; j < block.length; j++) {
        block[j] = code(random);
      }
      check(kernel, query, block, 5);
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void theLargestCodesDoNotOverflow(Kernel kernel) {
    for (int length = 0; length <= LENGTH_MAX; length++) {
      for (int querySign = -1; querySign <= 1; querySign += 2) {
        short[] query = new short[length];
        byte[] block = new byte[3 * length];
        for (int j = 0; j < length; j++) {
          query[j] = (short) (127 * querySign);
          block[j] = 127;
          block[length + j] = -127;
          block[2 * length + j] = (byte) (j % 2 == 0 ? 127 : -127);
        }
        check(kernel, query, block, 0);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void noRowsAreNoWork(Kernel kernel) {
    Rows none = new Rows(new byte[0], 0, 0);
    kernel.dots(new short[] {1, 2, 3}, none, new int[0]);
    kernel.dots(new short[4][3], none, new int[4][0]);
  }

  private static void check(Kernel kernel, short[] query, byte[] block, int offset) {
    int[] expected = expected(query, block, offset);
    for (int count = 1; count <= ROWS; count++) {
      int[] dots = new int[count];
      kernel.dots(query, new Rows(block, offset, count), dots);
      assertThat(dots)
          .as("length %d, %d rows", query.length, count)
          .containsExactly(Arrays.copyOf(expected, count));
    }
    short[][] four = {query, negative(query), new short[query.length], query};
    int[][] fourDots = new int[4][ROWS + 1];
    kernel.dots(four, new Rows(block, offset, ROWS), fourDots);
    for (int i = 0; i < four.length; i++) {
      assertThat(Arrays.copyOf(fourDots[i], ROWS))
          .as("query %d of length %d", i, query.length)
          .containsExactly(expected(four[i], block, offset));
    }
  }

  private static int[] expected(short[] query, byte[] block, int offset) {
    int[] expected = new int[ROWS];
    for (int i = 0; i < ROWS; i++) {
      long dot = 0;
      for (int j = 0; j < query.length; j++) {
        dot += (long) query[j] * block[offset + i * query.length + j];
      }
      expected[i] = Math.toIntExact(dot);
    }
    return expected;
  }

  /** Another query: the same backwards and with the other sign. */
  private static short[] negative(short[] query) {
    short[] negative = new short[query.length];
    for (int j = 0; j < query.length; j++) {
      negative[j] = (short) -query[query.length - 1 - j];
    }
    return negative;
  }

  private static byte code(Random random) {
    return (byte) (random.nextInt(255) - 127);
  }
}
