/**
 * A question from its topic to the cells.
 *
 * <ul>
 *   <li>{@code decode-queries}, {@code decode-search-again}: no key, no state. In: topics. Out:
 *       {@code QueryRequest}s; answers INVALID; dead letters.
 *   <li>{@code stamp}: no key. In: requests; versions and marks of freshness, broadcast. Out:
 *       {@code StampedQuery}. State: {@code versions}, one table (broadcast).
 *   <li>{@code embed-query}: no key. Out: {@code EmbeddedQuery}. State: questions in flight, twice
 *       {@code realm.queries.in-flight.max}.
 *   <li>{@code route}: no key. In: embedded questions; partition events, broadcast. Out: {@code
 *       Probe}s to {@code cells}, {@code RoutedQuery} to {@code merge-top-k}. State: digests of
 *       partitions (broadcast).
 * </ul>
 */
@NullMarked
package io.realmstream.jobs.retriever.query;

import org.jspecify.annotations.NullMarked;
