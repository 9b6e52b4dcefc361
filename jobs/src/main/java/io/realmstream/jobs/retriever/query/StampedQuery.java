package io.realmstream.jobs.retriever.query;

import io.realmstream.jobs.retriever.freshness.FreshnessFunction;
import io.realmstream.model.text.WhiteSpace;
import io.realmstream.schemas.answer.IndexVersion;
import io.realmstream.schemas.query.FreshnessMark;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A query with the one version that everything downstream uses for it.
 *
 * @param stampedMs when, in epoch ms
 * @param index the version whose passage vectors it is scored against
 * @param complete whether the version held every live document when it was stamped
 * @param mark the newest that had been seen by then, see {@link FreshnessFunction}; null = none
 * @param whiteSpace what passages may differ in and yet be one to the version's models
 */
public record StampedQuery(
    QueryRequest request,
    long stampedMs,
    IndexVersion version,
    int index,
    RetrieverCheckpoint checkpoint,
    boolean complete,
    @Nullable FreshnessMark mark,
    WhiteSpace whiteSpace) {
  StampedQuery version(IndexVersion other) {
    return new StampedQuery(
        request, stampedMs, other, index, checkpoint, complete, mark, whiteSpace);
  }

  public StampedQuery incomplete() {
    return new StampedQuery(
        request, stampedMs, version, index, checkpoint, false, mark, whiteSpace);
  }

  /** The Kafka timestamp through which the answer may claim to be fresh. */
  public long throughMs() {
    Instant through = mark == null ? null : mark.through();
    return through == null ? Long.MIN_VALUE : through.toEpochMilli();
  }

  public String id() {
    return request.request();
  }

  public Query query() {
    return request.query();
  }
}
