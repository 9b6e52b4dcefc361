package io.realmstream.model.index.partition;

import io.realmstream.schemas.Limits;

/**
 * How far down its ranking a query probes: at most so many cells, and behind the first none that
 * promises much less than the best ones do. So a query for which a few cells stand out leaves it at
 * these, and one whose neighbours are scattered goes on: for equal recall a sixth to a quarter less
 * is scanned than with one number of cells for all.
 *
 * @param cells at most, from 1 on
 * @param margin how much less than the mean of the best five a cell may promise, for a query of
 *     length 1; negative when only cells above that mean are worth it, infinite = whatever they
 *     promise
 */
public record ProbeLimit(int cells, float margin) {
  /** Refuses what is no limit. */
  public ProbeLimit {
    Limits.checkAtLeast("nprobe", cells, 1);
    if (Float.isNaN(margin)) {
      throw new IllegalArgumentException("margin: must be a number (is NaN)");
    }
  }

  /** That many cells; all when there are fewer. */
  public static ProbeLimit of(int cells) {
    return new ProbeLimit(cells, Float.POSITIVE_INFINITY);
  }
}
