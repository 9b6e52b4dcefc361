package io.realmstream.jobs.retriever;

import io.realmstream.jobs.RecordHeader;
import io.realmstream.schemas.query.Query;
import java.util.List;

/**
 * A decoded query.
 *
 * @param request topic, partition and offset as text: the identity inside, since clients repeat ids
 * @param deadlineMs when to answer at the latest, in epoch ms
 * @param headers the query record's own, for the answer to carry on
 */
public record QueryRequest(
    String request, Query query, long deadlineMs, List<RecordHeader> headers) {}
