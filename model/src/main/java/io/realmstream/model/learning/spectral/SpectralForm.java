package io.realmstream.model.learning.spectral;

import java.util.ArrayList;
import java.util.List;

/**
 * A choice of projection.
 *
 * @param dimension how many directions stay, those of the most variance first
 * @param exponent how far directions are made equal: 0 = only centred, .5 = fully whitened
 */
public record SpectralForm(int dimension, double exponent) {
  /** An exponent above .15 lost recall in every measurement. */
  private static final double[] EXPONENTS = {0, 0.05, 0.1, 0.15};

  private static final int[] DIMENSIONS = {128, 192, 384};

  /** All that are proposed for trunk outputs of that many elements. */
  public static List<SpectralForm> of(int inputs) {
    List<SpectralForm> forms = new ArrayList<>();
    for (int dimension : DIMENSIONS) {
      for (double exponent : EXPONENTS) {
        if (dimension <= inputs) {
          forms.add(new SpectralForm(dimension, exponent));
        }
      }
    }
    return forms;
  }
}
