package io.realmstream.schemas.query;

import io.realmstream.schemas.Limits;
import org.jspecify.annotations.Nullable;

/**
 * How much of the index a query searches, and how much of what is found it takes.
 *
 * @param k how many passages: 1 to 1,000; null = the kind's default
 * @param readPassages how many of the k the reader reads; null = all
 * @param exact whether every cell is probed
 * @param nprobe cells to probe; null = the partition's default
 * @param version index version to ask, ACTIVE or READY; null = the one that is ACTIVE
 */
public record QueryScope(
    @Nullable Integer k,
    @Nullable Integer readPassages,
    boolean exact,
    @Nullable Integer nprobe,
    @Nullable Integer version) {
  public static final int K_MAX = 1_000;

  /** All by default. */
  public static final QueryScope DEFAULT = new QueryScope(null, null, false, null, null);

  /** Refuses numbers outside their limits. */
  public QueryScope {
    if (k != null) {
      Limits.checkAtLeast("k", k, 1);
      Limits.checkAtMost("k", k, K_MAX);
    }
    if (readPassages != null) {
      Limits.checkAtLeast("readPassages", readPassages, 1);
      Limits.checkAtMost("readPassages", readPassages, K_MAX);
    }
    if (nprobe != null) {
      Limits.checkAtLeast("nprobe", nprobe, 1);
    }
    if (version != null) {
      Limits.checkAtLeast("version", version, 1);
    }
  }

  /** So many passages, all else by default. */
  public static QueryScope ofPassages(int k) {
    return new QueryScope(k, null, false, null, null);
  }
}
