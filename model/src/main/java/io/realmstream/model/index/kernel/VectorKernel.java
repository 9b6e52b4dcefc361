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
  public void dots(short[] query, byte[] block, int offset, int[] dots) {
    int bound = query.length - query.length % STEP;
    for (int i = 0; i < dots.length; i++) {
      int row = offset + i * query.length;
      dots[i] = dot(query, bound, block, row) + ScalarKernel.dot(query, bound, block, row);
    }
  }

  private static int dot(short[] query, int bound, byte[] block, int row) {
    IntVector upper = IntVector.zero(INTS);
    IntVector lower = IntVector.zero(INTS);
    for (int j = 0; j < bound; j += STEP) {
      ShortVector first = products(query, j, block, row + j);
      ShortVector second = products(query, j + LANES, block, row + j + LANES);
      IntVector sums = first.add(second).reinterpretAsInts();
      upper = upper.add(sums.lanewise(VectorOperators.ASHR, 16));
      lower = lower.add(sums.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16));
    }
    return upper.add(lower).reduceLanes(VectorOperators.ADD);
  }

  private static ShortVector products(short[] query, int from, byte[] block, int at) {
    ShortVector codes =
        (ShortVector)
            ByteVector.fromArray(BYTES, block, at).convertShape(VectorOperators.B2S, SHORTS, 0);
    return codes.mul(ShortVector.fromArray(SHORTS, query, from));
  }

  @Override
  String label() {
    return "vector-" + SHORTS.vectorBitSize();
  }
}
