package io.realmstream.jobs.retriever;

import io.realmstream.schemas.query.IndexVersion;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.version.RetrieverCheckpoint;

/**
 * A query with the one version that everything downstream uses for it.
 *
 * @param stampedMs when, in epoch ms
 * @param index the version whose passage vectors it is scored against
 * @param complete whether the version held every live document when it was stamped
 */
public record StampedQuery(
    QueryRequest request,
    long stampedMs,
    IndexVersion version,
    int index,
    RetrieverCheckpoint checkpoint,
    boolean complete) {
  StampedQuery version(IndexVersion other) {
    return new StampedQuery(request, stampedMs, other, index, checkpoint, complete);
  }

  StampedQuery incomplete() {
    return new StampedQuery(request, stampedMs, version, index, checkpoint, false);
  }

  public String id() {
    return request.request();
  }

  public Query query() {
    return request.query();
  }
}
