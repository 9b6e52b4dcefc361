/**
 * A retrieved question becomes an answer.
 *
 * <ul>
 *   <li>{@code date}: no key. In: {@code RetrievedQuery}; claims of freshness, broadcast. Out: the
 *       same, dated. State: {@code claims} of one minute (broadcast).
 *   <li>{@code read-marginalize}: no key. Out: records of the answers topic. State: questions in
 *       flight, twice {@code realm.queries.in-flight.max}.
 * </ul>
 */
@NullMarked
package io.realmstream.jobs.retriever.answer;

import org.jspecify.annotations.NullMarked;
