package io.realmstream.model.learning.spectral;

import io.realmstream.model.learning.ProjectionHead;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * Mean, directions and variances of a corpus. Equal statistics give equal bits.
 *
 * <pre>
 * C = U diag(lambda) U^T             the covariance
 * u = diag((lambda + e)^-a) U^T (x/|x| - mean)     a = the exponent, e = 1e-6
 * </pre>
 */
public final class Spectrum {
  /** Keeps directions without variance from being stretched without limit. */
  private static final double FLOOR = 1e-6;

  private final double[] mean;
  private final double[] variances;

  /** Row after row, one row an input; a column is a direction. */
  private final double[][] directions;

  private Spectrum(double[] mean, double[] variances, double[][] directions) {
    this.mean = mean;
    this.variances = variances;
    this.directions = directions;
  }

  /**
   * The spectrum of those passages; takes about a second at 384 dimensions.
   *
   * @throws IllegalArgumentException of fewer passages than dimensions: most directions would be
   *     noise
   */
  public static Spectrum of(TrunkStatistics statistics) {
    if (statistics.count() < statistics.dimension()) {
      throw new IllegalArgumentException(
          "%d passages; %d directions need as many"
              .formatted(statistics.count(), statistics.dimension()));
    }
    EigenDecomposition eigen =
        new EigenDecomposition(new Array2DRowRealMatrix(statistics.covariance(), false));
    return new Spectrum(
        statistics.mean(), eigen.getRealEigenvalues(), upright(eigen.getV().getData()));
  }

  /** Variance along each direction, descending. */
  public double[] variances() {
    return variances.clone();
  }

  /** The head of that form, for both towers. */
  public ProjectionHead head(SpectralForm form) {
    int dimension = form.dimension();
    double[] weights = new double[mean.length * dimension];
    for (int i = 0; i < mean.length; i++) {
      for (int j = 0; j < dimension; j++) {
        double stretch = Math.pow(Math.max(variances[j], 0) + FLOOR, -form.exponent());
        weights[i * dimension + j] = directions[i][j] * stretch;
      }
    }
    return new ProjectionHead(mean, weights, dimension);
  }

  /** A direction's sign is arbitrary: its first largest element becomes positive. */
  private static double[][] upright(double[][] directions) {
    for (int j = 0; j < directions.length; j++) {
      double most = 0;
      for (double[] row : directions) {
        most = Math.abs(row[j]) > Math.abs(most) ? row[j] : most;
      }
      for (double[] row : directions) {
        row[j] = most < 0 ? -row[j] : row[j];
      }
    }
    return directions;
  }
}
