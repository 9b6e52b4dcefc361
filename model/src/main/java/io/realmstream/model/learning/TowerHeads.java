package io.realmstream.model.learning;

/**
 * What a learner changes: the heads of both towers and the score scale. The retrieval score is
 * {@code f(x, z) = exp(logScale) * (q . e)}.
 */
public final class TowerHeads {
  private final ProjectionHead query;
  private final ProjectionHead document;
  private final double[] logScale;

  /**
   * @throws IllegalArgumentException if the dimensions differ, or the scale is not positive
   */
  public TowerHeads(ProjectionHead query, ProjectionHead document, double scale) {
    if (query.dimension() != document.dimension()) {
      throw new IllegalArgumentException(
          "vectors of %d and %d elements".formatted(query.dimension(), document.dimension()));
    }
    if (!(scale > 0) || !Double.isFinite(scale)) {
      throw new IllegalArgumentException("a score scale of " + scale);
    }
    this.query = query;
    this.document = document;
    this.logScale = new double[] {Math.log(scale)};
  }

  /** Others of equal numbers. */
  public TowerHeads copy() {
    return new TowerHeads(query.copy(), document.copy(), scale());
  }

  public ProjectionHead query() {
    return query;
  }

  public ProjectionHead document() {
    return document;
  }

  /** The factor of the retrieval score. */
  public double scale() {
    return Math.exp(logScale[0]);
  }

  /** The numbers of a part: not a copy. */
  double[] numbers(LearnedPart part) {
    return switch (part) {
      case QUERY -> query.weights();
      case DOCUMENT -> document.weights();
      case SCALE -> logScale;
    };
  }
}
