package io.realmstream.model.index.kernel;

import java.util.Optional;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The dot product with the Vector API.
 *
 * <p>A register of codes is widened to shorts and multiplied there; the sum of two products still
 * fits a short (2 * 127 * 127 = 32,258). Each pair of sums, seen as one int, is then added up in
 * two accumulators: the upper one by an arithmetic shift, the lower one by a shift up and down.
 * Widening to ints instead would double the multiplications.
 *
 * <p>The methods are small and static and the species are constants: the just-in-time compiler
 * keeps vectors in registers only then.
 */
final class VectorKernel extends Kernel {
  private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_PREFERRED;
  private static final int LANES = SHORTS.length();
  private static final int STEP = 2 * LANES;

  /** The shape with as many byte lanes as {@link #SHORTS} has lanes. */
  private static final VectorSpecies<Byte> BYTES =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(LANES * Byte.SIZE));

  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;

  private VectorKernel() {}

  /** Empty where the machine's registers are too narrow for the halved shape (64 bits). */
  static Optional<Kernel> fitting() {
    return ShortVector.SPECIES_PREFERRED.vectorBitSize() < 128
        ? Optional.empty()
        : Optional.of(new VectorKernel());
  }

  @Override
  public void dots(short[] query, Rows rows, int[] dots) {
    int bound = bound(query);
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.offset() + i * query.length;
      dots[i] =
          dot(query, bound, rows.block(), row) + ScalarKernel.dot(query, bound, rows.block(), row);
    }
  }

  @Override
  public void dots(short[][] queries, Rows rows, int[][] dots) {
    int dimension = queries[0].length;
    int bound = bound(queries[0]);
    for (int i = 0; i < rows.count(); i++) {
      fourDots(queries, rows, i, dots);
    }
    if (bound == dimension) {
      return;
    }
    for (int query = 0; query < FOUR; query++) {
      for (int i = 0; i < rows.count(); i++) {
        int row = rows.offset() + i * dimension;
        dots[query][i] += ScalarKernel.dot(queries[query], bound, rows.block(), row);
      }
    }
  }

  /** How many dimensions fill whole steps. */
  private static int bound(short[] query) {
    return query.length - query.length % STEP;
  }

  private static int dot(short[] query, int bound, byte[] block, int row) {
    IntVector upper = IntVector.zero(INTS);
    IntVector lower = IntVector.zero(INTS);
    for (int j = 0; j < bound; j += STEP) {
      ShortVector first = codes(block, row + j);
      ShortVector second = codes(block, row + j + LANES);
      IntVector sums = sums(query, j, first, second);
      upper = addUpper(upper, sums);
      lower = addLower(lower, sums);
    }
    return upper.add(lower).reduceLanes(VectorOperators.ADD);
  }

  /** One row with four queries: eight accumulators, and the codes widened once. */
  private static void fourDots(short[][] queries, Rows rows, int i, int[][] dots) {
    short[] a = queries[0];
    short[] b = queries[1];
    short[] c = queries[2];
    short[] d = queries[3];
    int row = rows.offset() + i * a.length;
    int bound = bound(a);
    IntVector upperA = IntVector.zero(INTS);
    IntVector upperB = IntVector.zero(INTS);
    IntVector upperC = IntVector.zero(INTS);
    IntVector upperD = IntVector.zero(INTS);
    IntVector lowerA = IntVector.zero(INTS);
    IntVector lowerB = IntVector.zero(INTS);
    IntVector lowerC = IntVector.zero(INTS);
    IntVector lowerD = IntVector.zero(INTS);
    for (int j = 0; j < bound; j += STEP) {
      ShortVector first = codes(rows.block(), row + j);
      ShortVector second = codes(rows.block(), row + j + LANES);
      IntVector sums = sums(a, j, first, second);
      upperA = addUpper(upperA, sums);
      lowerA = addLower(lowerA, sums);
      sums = sums(b, j, first, second);
      upperB = addUpper(upperB, sums);
      lowerB = addLower(lowerB, sums);
      sums = sums(c, j, first, second);
      upperC = addUpper(upperC, sums);
      lowerC = addLower(lowerC, sums);
      sums = sums(d, j, first, second);
      upperD = addUpper(upperD, sums);
      lowerD = addLower(lowerD, sums);
    }
    dots[0][i] = upperA.add(lowerA).reduceLanes(VectorOperators.ADD);
    dots[1][i] = upperB.add(lowerB).reduceLanes(VectorOperators.ADD);
    dots[2][i] = upperC.add(lowerC).reduceLanes(VectorOperators.ADD);
    dots[3][i] = upperD.add(lowerD).reduceLanes(VectorOperators.ADD);
  }

  private static ShortVector codes(byte[] block, int at) {
    return (ShortVector)
        ByteVector.fromArray(BYTES, block, at).convertShape(VectorOperators.B2S, SHORTS, 0);
  }

  /** Sums of two products, two of them in each int. */
  private static IntVector sums(short[] query, int from, ShortVector first, ShortVector second) {
    ShortVector products = first.mul(ShortVector.fromArray(SHORTS, query, from));
    return second
        .mul(ShortVector.fromArray(SHORTS, query, from + LANES))
        .add(products)
        .reinterpretAsInts();
  }

  private static IntVector addUpper(IntVector sum, IntVector sums) {
    return sum.add(sums.lanewise(VectorOperators.ASHR, 16));
  }

  private static IntVector addLower(IntVector sum, IntVector sums) {
    return sum.add(sums.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16));
  }

  @Override
  String label() {
    return "vector-" + SHORTS.vectorBitSize();
  }
}
