package io.realmstream.model.learning.spectral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.realmstream.model.learning.ProjectionHead;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpectrumTest {
  private static final int DIMENSION = 6;

  private final TrunkStatistics statistics = new TrunkStatistics(DIMENSION);

  SpectrumTest() {
    Random random = new Random(5);
    for (int i = 0; i < 500; i++) {
      float[] passage = new float[DIMENSION];
      for (int j = 0; j < DIMENSION; j++) {
        passage[j] = (float) (random.nextGaussian() * (j + 1) + 1);
      }
      statistics.add(passage);
    }
  }

  @Test
  void directionsAreEigenvectorsWithTheLargestVarianceFirst() {
    Spectrum spectrum = Spectrum.of(statistics);
    double[][] columns = columns(spectrum.head(new SpectralForm(DIMENSION, 0)));
    double[] variances = spectrum.variances();
    double[][] covariance = statistics.covariance();
    for (int k = 0; k < DIMENSION; k++) {
      for (int i = 0; i < DIMENSION; i++) {
        double product = 0;
        for (int j = 0; j < DIMENSION; j++) {
          product += covariance[i][j] * columns[k][j];
        }
        assertThat(product).isCloseTo(variances[k] * columns[k][i], within(1e-12));
      }
      assertThat(k == 0 || variances[k] <= variances[k - 1]).isTrue();
    }
  }

  @Test
  void halfAsExponentWhitens() {
    Spectrum spectrum = Spectrum.of(statistics);
    double[][] columns = columns(spectrum.head(new SpectralForm(3, 0.5)));
    double[][] covariance = statistics.covariance();
    for (int a = 0; a < 3; a++) {
      for (int b = 0; b < 3; b++) {
        double product = 0;
        for (int i = 0; i < DIMENSION; i++) {
          for (int j = 0; j < DIMENSION; j++) {
            product += columns[a][i] * covariance[i][j] * columns[b][j];
          }
        }
        assertThat(product).isCloseTo(a == b ? 1 : 0, within(1e-3)); // the floor of the variance
      }
    }
  }

  @Test
  void equalStatisticsGiveEqualBits() {
    SpectralForm form = new SpectralForm(4, 0.1);
    assertThat(columns(Spectrum.of(statistics.copy()).head(form)))
        .isDeepEqualTo(columns(Spectrum.of(statistics).head(form)));
  }

  @Test
  void formsFitTheTrunk() {
    assertThat(SpectralForm.of(384)).hasSize(12).contains(new SpectralForm(192, 0.15));
    assertThat(SpectralForm.of(200)).hasSize(8);
  }

  @Test
  void fewerPassagesThanDirectionsAreTooFew() {
    TrunkStatistics few = new TrunkStatistics(3);
    few.add(new float[] {1, 2, 3});
    assertThatThrownBy(() -> Spectrum.of(few)).hasMessage("1 passages; 3 directions need as many");
  }

  private static double[][] columns(ProjectionHead head) {
    double[] weights = head.weights();
    double[][] columns = new double[head.dimension()][head.inputs()];
    for (int i = 0; i < head.inputs(); i++) {
      for (int j = 0; j < head.dimension(); j++) {
        columns[j][i] = weights[i * head.dimension() + j];
      }
    }
    return columns;
  }
}
