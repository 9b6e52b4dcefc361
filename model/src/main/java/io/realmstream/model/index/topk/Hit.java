package io.realmstream.model.index.topk;

import io.realmstream.schemas.Hash128;
import java.util.Comparator;

/**
 * A passage that a search found. Ordered best first: by score descending, then by uid ascending.
 *
 * @param score the sum over ascending i of {@code (double) query[i] * vector[i]}, unscaled
 */
public record Hit(Hash128 uid, int documentShard, double score) implements Comparable<Hit> {
  private static final Comparator<Hit> BEST_FIRST =
      Comparator.comparingDouble(Hit::score).reversed().thenComparing(Hit::uid);

  @Override
  public int compareTo(Hit other) {
    return BEST_FIRST.compare(this, other);
  }
}
