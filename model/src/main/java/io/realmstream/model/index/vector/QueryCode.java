package io.realmstream.model.index.vector;

/**
 * A query in int8 and the two factors of its error bound.
 *
 * <p>With q^ the coded query and x^ a coded vector, Cauchy-Schwarz gives |q.x - q^.x^| = |q.(x -
 * x^) + (q - q^).x^| &lt;= ||q|| error(x) + ||q - q^|| norm(x). What a hit reports is not q.x but
 * its double sum s of d exact products, which rounding moves by at most d u ||q|| ||x||, where
 * ||x|| &lt;= norm(x) + error(x). Hence, with g = d 2^-52 (twice d u),
 *
 * <pre>
 *   |s - q^.x^| &lt;= A error(x) + B norm(x)
 *   A = ||q|| (1 + g)
 *   B = ||q - q^|| + g ||q|| + 2^-50 (||q|| + ||q - q^||)
 * </pre>
 *
 * where the last term of B, at least 2^-50 ||q^||, pays for rounding alpha * beta * dot and the
 * final addition. A and B are moved outward once more for their own rounding and that of the
 * radius.
 */
public final class QueryCode {
  private final short[] codes;
  private final float beta;
  private final double errorFactor;
  private final double normFactor;

  /**
   * Codes a query.
   *
   * @throws IllegalArgumentException when an entry is NaN or infinite
   */
  public QueryCode(float[] query) {
    Int8Code code = Int8Code.of(query);
    codes = code.widened();
    double normSquared = InnerProduct.of(query, query);
    beta = code.alpha();
    double norm = Rounding.rootOfSumUp(normSquared, query.length);
    double error = code.error();
    double summation = query.length * 0x1p-52;
    // never 0: an infinite norm of a stored vector times 0 would be NaN
    errorFactor = Math.max(norm * (1 + summation) * Rounding.OUTWARD, Double.MIN_NORMAL);
    normFactor =
        Math.max(
            (error + summation * norm + 0x1p-50 * (norm + error)) * Rounding.OUTWARD,
            Double.MIN_NORMAL);
  }

  /** The codes, widened for the kernel. */
  public short[] codes() {
    return codes;
  }

  /**
   * The approximate score q^.x^ of a vector whose codes' dot product with this query's is given.
   */
  public double approximation(float alpha, int dot) {
    return (double) alpha * beta * dot;
  }

  /** How far at most the exact score is from the approximate one. */
  public double radius(float error, float norm) {
    return errorFactor * error + normFactor * norm;
  }
}
