package io.realmstream.model.marginal;

/**
 * How the scores of retriever and reader are scaled: f(x,z) = scoreScale (q . e), and a span's
 * score is g / readerTemperature. Both are above 0.
 */
public record Scaling(double scoreScale, double readerTemperature) {
  public Scaling {
    if (!(scoreScale > 0) || !(readerTemperature > 0)) {
      throw new IllegalArgumentException(scoreScale + ", " + readerTemperature);
    }
  }
}
