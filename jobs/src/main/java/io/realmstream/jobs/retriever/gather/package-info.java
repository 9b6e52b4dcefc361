/**
 * What the shards found for a question, put together.
 *
 * <ul>
 *   <li>{@code merge-top-k}: key is the request. In: {@code RoutedQuery}; {@code Partial}s of the
 *       cells. Out: {@code Candidates}; {@code Lookup}s to {@code passages}.
 *   <li>{@code gather-passages}: key is the request. In: candidates; {@code Found} of the document
 *       shards. Out: {@code RetrievedQuery}; records of the search-again topic.
 * </ul>
 *
 * <p>State of both: requests until their deadline, stragglers for a minute.
 */
@NullMarked
package io.realmstream.jobs.retriever.gather;

import org.jspecify.annotations.NullMarked;
