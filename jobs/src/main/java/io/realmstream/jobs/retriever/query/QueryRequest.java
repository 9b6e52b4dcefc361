package io.realmstream.jobs.retriever.query;

import io.realmstream.jobs.ForeignHeaders;
import io.realmstream.jobs.InboundRecord;
import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.RecordHeader;
import io.realmstream.model.index.topk.SearchLimit;
import io.realmstream.model.retrieval.SearchAgain;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.query.Query;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A decoded query, on its first search or on another.
 *
 * @param request topic, partition and offset as text: the identity inside, since clients repeat
 *     ids. Each search has its own: a restored job may ask for one twice, and the parts of the two
 *     must not mix
 * @param deadlineMs when to answer at the latest, in epoch ms
 * @param headers the query record's own, for the answer to carry on
 * @param limit how much its search fetches
 */
public record QueryRequest(
    String request, Query query, long deadlineMs, List<RecordHeader> headers, SearchLimit limit) {
  /** What a record of the queries topic asks. */
  static QueryRequest first(InboundRecord record, Query query, long deadlineMs) {
    return new QueryRequest(
        place(record),
        query,
        deadlineMs,
        ForeignHeaders.carried(record.headers()),
        SearchLimit.first(query.passages()));
  }

  /** What a record of the search-again topic asks. */
  static QueryRequest again(InboundRecord record, SearchAgain again, long deadlineMs, int hitsMax) {
    Query query = again.query();
    int most = Math.max(hitsMax, SearchLimit.first(query.passages()).hits());
    return new QueryRequest(
        place(record),
        query,
        deadlineMs,
        ForeignHeaders.carriedBefore(record.headers()),
        again.limit().atMost(most));
  }

  /** The record that asks for another search; null when it would be too large for its topic. */
  public @Nullable OutboundRecord again(SearchLimit next) {
    byte[] value = new SearchAgain(query, deadlineMs, next).encode();
    long bytes = value.length;
    for (RecordHeader header : headers) {
      bytes += header.key().length() * 3L + header.value().length;
    }
    return bytes > Codecs.ANSWER_BYTES_MAX
        ? null
        : new OutboundRecord(
            OutboundRecord.BY_KEY, request.getBytes(StandardCharsets.UTF_8), value, headers);
  }

  private static String place(InboundRecord record) {
    return record.topic() + "-" + record.partition() + "-" + record.offset();
  }
}
