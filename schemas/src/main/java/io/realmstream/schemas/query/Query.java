package io.realmstream.schemas.query;

import io.realmstream.schemas.Limits;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A question to the knowledge base.
 *
 * @param id the client's own; also the key of the answer
 * @param k how many passages: 1 to 1,000; null = the kind's default
 * @param readPassages how many of the k the reader reads; null = all
 * @param exact whether every cell is probed
 * @param nprobe cells to probe; null = the partition's default
 * @param deadline when to answer at the latest; null = 10 s after the query's Kafka timestamp
 */
public record Query(
    String id,
    String text,
    QueryKind kind,
    @Nullable Integer k,
    @Nullable Integer readPassages,
    boolean exact,
    @Nullable Integer nprobe,
    @Nullable Instant deadline,
    QueryOptions options) {
  public static final int K_MAX = 1_000;

  /** Refuses an id of no or too many bytes, and numbers outside their limits. */
  public Query {
    Limits.checkId("id", id);
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
  }

  /** The number of passages in effect. */
  public int passages() {
    if (k != null) {
      return k;
    }
    return kind == QueryKind.RETRIEVE ? 10 : 5;
  }
}
