package io.realmstream.model.index.kernel;

import java.util.Optional;

/**
 * The int8 dot product between one query, or four, and the codes of a packed block.
 *
 * <p>Exact in 32-bit integers for codes within [-127, 127] and up to 133,144 dimensions. Which
 * kernel runs is decided once, when this class loads: the Vector API's when the module {@code
 * jdk.incubator.vector} was added to the Java virtual machine, else the scalar twin; the system
 * property {@value #PROPERTY} = {@code scalar} forces the twin.
 */
public abstract sealed class Kernel permits ScalarKernel, VectorKernel {
  public static final String PROPERTY = "realm.kernel";

  /** How many queries share the reading of a block. */
  public static final int FOUR = 4;

  private static final Kernel CHOSEN =
      "scalar".equals(System.getProperty(PROPERTY)) ? scalar() : vector().orElseGet(Kernel::scalar);

  /** The kernel that this process runs. */
  public static Kernel chosen() {
    return CHOSEN;
  }

  /** Which kernel this process runs: "scalar", or "vector-" and the bits of a register. */
  public static String name() {
    return CHOSEN.label();
  }

  /** The plain loop: the oracle of the tests and what runs without the module. */
  public static Kernel scalar() {
    return new ScalarKernel();
  }

  /** The Vector API's kernel, or empty where the module is absent or has no wide registers. */
  public static Optional<Kernel> vector() {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      return Optional.empty();
    }
    return VectorKernel.fitting();
  }

  /**
   * Writes {@code dots[i] = sum over j of query[j] * rows[i][j]} for every row i.
   *
   * @param query the query's codes, widened once; its length is the dimension
   * @param dots one entry a row, or more
   */
  public abstract void dots(short[] query, Rows rows, int[] dots);

  /**
   * The same for {@value #FOUR} queries of one dimension, reading each row once.
   *
   * @param dots for each query one entry a row, or more
   */
  public abstract void dots(short[][] queries, Rows rows, int[][] dots);

  abstract String label();
}
