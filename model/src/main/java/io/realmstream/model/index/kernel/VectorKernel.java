package io.realmstream.model.index.kernel;

import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.B2S;
import static jdk.incubator.vector.VectorOperators.LSHL;

import java.util.Optional;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The dot product with the Vector API.
 *
 * <p>A register of codes is widened to shorts and multiplied there; the sum of two products still
 * fits a short (2 * 127 * 127 = 32,258). Each pair of sums, seen as one int, is then added up: the
 * upper one by an arithmetic shift, the lower one by a shift up and down. Widening to ints instead
 * would double the multiplications.
 *
 * <p>The methods are small and static, the species are constants, and hardly a vector is passed to
 * a method: the just-in-time compiler keeps vectors in registers only where it has inlined
 * everything, and a helper that it compiled on its own before was seen to cost a factor of five.
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

  /** A row of each half at once: two streams out of memory are faster than one. */
  @Override
  public void dots(short[] query, Rows rows, int[] dots) {
    for (int i = 0; i < rows.count() - half(rows); i++) {
      twoDots(query, rows, i, dots); // of an odd number, the middle one twice
    }
    addRest(query, rows, dots);
  }

  @Override
  public void dots(short[][] queries, Rows rows, int[][] dots) {
    for (int i = 0; i < rows.count(); i++) {
      fourDots(queries, rows, i, dots);
    }
    for (int query = 0; query < FOUR; query++) {
      addRest(queries[query], rows, dots[query]);
    }
  }

  private static void addRest(short[] query, Rows rows, int[] dots) {
    int bound = bound(query);
    for (int i = 0; i < rows.count() && bound < query.length; i++) {
      dots[i] += ScalarKernel.dot(query, bound, rows.block(), rows.offset() + i * query.length);
    }
  }

  /** How many dimensions fill whole steps. */
  private static int bound(short[] query) {
    return query.length - query.length % STEP;
  }

  private static int half(Rows rows) {
    return rows.count() / 2;
  }

  /** Two rows, half of all apart, with one query, its codes loaded once. */
  private static void twoDots(short[] query, Rows rows, int i, int[] dots) {
    byte[] block = rows.block();
    int k = i + half(rows);
    int rowI = rows.offset() + i * query.length;
    int rowK = rows.offset() + k * query.length;
    int bound = bound(query);
    IntVector sumI = IntVector.zero(INTS);
    IntVector sumK = sumI;
    for (int j = 0; j < bound; j += STEP) {
      ShortVector first = ShortVector.fromArray(SHORTS, query, j);
      ShortVector second = ShortVector.fromArray(SHORTS, query, j + LANES);
      ShortVector products = second.mul(codes(block, rowI + j + LANES));
      products = first.mul(codes(block, rowI + j)).add(products);
      IntVector pairs = products.reinterpretAsInts();
      sumI = sumI.add(pairs.lanewise(ASHR, 16)).add(pairs.lanewise(LSHL, 16).lanewise(ASHR, 16));
      products = second.mul(codes(block, rowK + j + LANES));
      products = first.mul(codes(block, rowK + j)).add(products);
      pairs = products.reinterpretAsInts();
      sumK = sumK.add(pairs.lanewise(ASHR, 16)).add(pairs.lanewise(LSHL, 16).lanewise(ASHR, 16));
    }
    dots[i] = sumI.reduceLanes(ADD);
    dots[k] = sumK.reduceLanes(ADD);
  }

  /** One row with four queries, its codes widened once. */
  private static void fourDots(short[][] queries, Rows rows, int i, int[][] dots) {
    short[] a = queries[0];
    short[] b = queries[1];
    short[] c = queries[2];
    short[] d = queries[3];
    byte[] block = rows.block();
    int row = rows.offset() + i * a.length;
    int bound = bound(a);
    IntVector sumA = IntVector.zero(INTS);
    IntVector sumB = sumA;
    IntVector sumC = sumA;
    IntVector sumD = sumA;
    for (int j = 0; j < bound; j += STEP) {
      ShortVector first = codes(block, row + j);
      ShortVector second = codes(block, row + j + LANES);
      ShortVector products = second.mul(ShortVector.fromArray(SHORTS, a, j + LANES));
      products = first.mul(ShortVector.fromArray(SHORTS, a, j)).add(products);
      IntVector pairs = products.reinterpretAsInts();
      sumA = sumA.add(pairs.lanewise(ASHR, 16)).add(pairs.lanewise(LSHL, 16).lanewise(ASHR, 16));
      products = second.mul(ShortVector.fromArray(SHORTS, b, j + LANES));
      products = first.mul(ShortVector.fromArray(SHORTS, b, j)).add(products);
      pairs = products.reinterpretAsInts();
      sumB = sumB.add(pairs.lanewise(ASHR, 16)).add(pairs.lanewise(LSHL, 16).lanewise(ASHR, 16));
      products = second.mul(ShortVector.fromArray(SHORTS, c, j + LANES));
      products = first.mul(ShortVector.fromArray(SHORTS, c, j)).add(products);
      pairs = products.reinterpretAsInts();
      sumC = sumC.add(pairs.lanewise(ASHR, 16)).add(pairs.lanewise(LSHL, 16).lanewise(ASHR, 16));
      products = second.mul(ShortVector.fromArray(SHORTS, d, j + LANES));
      products = first.mul(ShortVector.fromArray(SHORTS, d, j)).add(products);
      pairs = products.reinterpretAsInts();
      sumD = sumD.add(pairs.lanewise(ASHR, 16)).add(pairs.lanewise(LSHL, 16).lanewise(ASHR, 16));
    }
    dots[0][i] = sumA.reduceLanes(ADD);
    dots[1][i] = sumB.reduceLanes(ADD);
    dots[2][i] = sumC.reduceLanes(ADD);
    dots[3][i] = sumD.reduceLanes(ADD);
  }

  private static ShortVector codes(byte[] block, int at) {
    return (ShortVector) ByteVector.fromArray(BYTES, block, at).convertShape(B2S, SHORTS, 0);
  }

  @Override
  String label() {
    return "vector-" + SHORTS.vectorBitSize();
  }
}
