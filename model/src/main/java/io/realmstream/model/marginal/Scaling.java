package io.realmstream.model.marginal;

/**
 * What the scores of retriever and reader are scaled by: f(x,z) = scoreScale (q . e), and a span's
 * score is g / readerTemperature. Both above 0.
 */
public record Scaling(double scoreScale, double readerTemperature) {
  public Scaling {
    if (!(scoreScale > 0) || !(readerTemperature > 0)) {
      throw new IllegalArgumentException(scoreScale + ", " + readerTemperature);
    }
  }
}
