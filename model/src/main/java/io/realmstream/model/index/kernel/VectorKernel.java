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
 * <p>A code times a query code fits a short (127 * 127 = 16,129), so a register of codes is widened
 * to shorts, multiplied there, and each pair of products, seen as one int, is added up in two
 * accumulators: the upper product by an arithmetic shift, the lower one by a shift up and down.
 * Widening to ints instead would double the multiplications.
 *
 * <p>The methods are small and static and the species are constants: the just-in-time compiler
 * keeps vectors in registers only then.
 */
final class VectorKernel extends Kernel {
  private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_PREFERRED;
  private static final int LANES = SHORTS.length();

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
  public void dots(short[] query, byte[] block, int offset, int[] dots) {
    int bound = SHORTS.loopBound(query.length);
    for (int i = 0; i < dots.length; i++) {
      int row = offset + i * query.length;
      dots[i] = dot(query, bound, block, row) + ScalarKernel.dot(query, bound, block, row);
    }
  }

  private static int dot(short[] query, int bound, byte[] block, int row) {
    IntVector upper = IntVector.zero(INTS);
    IntVector lower = IntVector.zero(INTS);
    for (int j = 0; j < bound; j += LANES) {
      ShortVector codes =
          (ShortVector)
              ByteVector.fromArray(BYTES, block, row + j)
                  .convertShape(VectorOperators.B2S, SHORTS, 0);
      IntVector products = codes.mul(ShortVector.fromArray(SHORTS, query, j)).reinterpretAsInts();
      upper = upper.add(products.lanewise(VectorOperators.ASHR, 16));
      lower =
          lower.add(products.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16));
    }
    return upper.add(lower).reduceLanes(VectorOperators.ADD);
  }

  @Override
  String label() {
    return "vector-" + SHORTS.vectorBitSize();
  }
}
