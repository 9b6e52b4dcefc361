package io.realmstream.schemas.query;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.realmstream.schemas.Limits;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A question to the knowledge base.
 *
 * @param id the client's own; also the key of the answer
 * @param deadline when to answer at the latest; null = 10 s after the query's Kafka timestamp
 */
public record Query(
    String id,
    String text,
    QueryKind kind,
    @JsonUnwrapped QueryScope scope,
    @Nullable Instant deadline,
    QueryOptions options) {

  /** Refuses an id of no or too many bytes. */
  public Query {
    Limits.checkId("id", id);
  }

  /** The number of passages in effect. */
  public int passages() {
    Integer k = scope.k();
    return k == null ? kind.passages() : k;
  }

  /** Whether the null document competes. */
  public boolean nullDocument() {
    Boolean nullDocument = options.competition().nullDocument();
    return nullDocument == null ? kind.nullDocument() : nullDocument;
  }
}
