package io.realmstream.jobs.retriever.gather;

import io.realmstream.jobs.retriever.query.EmbeddedQuery;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query with its passages, by score descending and uid ascending.
 *
 * @param cells how many cells were searched
 * @param exact whether the query asked for all cells of its partition, and nothing that they hold
 *     was cut off and may belong to the answer
 * @param dropped candidates that were no longer in their document's manifest
 * @param timedOut whether the deadline passed before anything was found
 * @param retrievedMs when, in epoch ms
 * @param indexedThrough how fresh the index was when the query was stamped; null = unknown yet
 */
public record RetrievedQuery(
    EmbeddedQuery query,
    List<RankedPassage> passages,
    int cells,
    boolean exact,
    long scanned,
    long reScored,
    int dropped,
    boolean partial,
    boolean timedOut,
    long retrievedMs,
    @Nullable Instant indexedThrough) {
  public RetrievedQuery at(@Nullable Instant freshness) {
    return new RetrievedQuery(
        query,
        passages,
        cells,
        exact,
        scanned,
        reScored,
        dropped,
        partial,
        timedOut,
        retrievedMs,
        freshness);
  }

  /** The same when something was cut off that may belong to the answer. */
  RetrievedQuery inexact() {
    return new RetrievedQuery(
        query,
        passages,
        cells,
        false,
        scanned,
        reScored,
        dropped,
        partial,
        timedOut,
        retrievedMs,
        indexedThrough);
  }

  /** The same from an index that lacks documents here, and is of no known freshness. */
  public RetrievedQuery incomplete() {
    return new RetrievedQuery(
        query.stamped(query.stamped().incomplete()),
        passages,
        cells,
        exact,
        scanned,
        reScored,
        dropped,
        partial,
        timedOut,
        retrievedMs,
        null);
  }
}
