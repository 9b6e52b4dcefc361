package io.realmstream.jobs.retriever.gather;

import io.realmstream.jobs.retriever.query.EmbeddedQuery;
import io.realmstream.model.retrieval.SearchTally;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query with its passages, by score descending and uid ascending.
 *
 * @param exact whether the query asked for all cells of its partition, and nothing that they hold
 *     was cut off and may belong to the answer
 * @param dropped candidates that were no longer in their document's manifest
 * @param retrievedMs when, in epoch ms
 * @param indexedThrough how fresh the index was when the query was stamped; null = unknown yet
 */
public record RetrievedQuery(
    EmbeddedQuery query,
    List<RankedPassage> passages,
    SearchTally tally,
    boolean exact,
    int dropped,
    boolean partial,
    long retrievedMs,
    @Nullable Instant indexedThrough) {

  /** Whether the deadline passed before anything was found. */
  public boolean timedOut() {
    return partial && passages.isEmpty();
  }

  public RetrievedQuery at(@Nullable Instant freshness) {
    return new RetrievedQuery(
        query, passages, tally, exact, dropped, partial, retrievedMs, freshness);
  }

  /** The same when something was cut off that may belong to the answer. */
  RetrievedQuery inexact() {
    return new RetrievedQuery(
        query, passages, tally, false, dropped, partial, retrievedMs, indexedThrough);
  }

  /** The same from an index that lacks documents here, and is of no known freshness. */
  public RetrievedQuery incomplete() {
    return new RetrievedQuery(
        query.stamped(query.stamped().incomplete()),
        passages,
        tally,
        exact,
        dropped,
        partial,
        retrievedMs,
        null);
  }
}
