package io.realmstream.jobs.retriever.passages;

import io.realmstream.schemas.Hash128;
import java.util.List;

/**
 * The candidates of one query that one document shard holds.
 *
 * @param stampedMs of when the documents are to be seen
 * @param throughMs the Kafka timestamp through which the answer may claim to be fresh; {@link
 *     Long#MIN_VALUE} = it claims nothing
 */
public record Lookup(
    String request,
    long deadlineMs,
    int version,
    int shard,
    List<Hash128> uids,
    long stampedMs,
    long throughMs) {}
