package io.realmstream.jobs.retriever;

import io.realmstream.schemas.Hash128;
import java.util.List;

/**
 * The candidates of one query that one document shard holds.
 *
 * @param stampedMs of when the documents are to be seen
 */
public record Lookup(
    String request, long deadlineMs, int version, int shard, List<Hash128> uids, long stampedMs) {}
