package io.realmstream.jobs;

import io.realmstream.schemas.AnswerHeaders;
import io.realmstream.schemas.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The headers of a foreign record, as many as a record of ours can carry on: in their order, each
 * that still fits below the limit. So no client can make a record that its topic refuses.
 *
 * @param kept those that fit
 * @param dropped how many do not
 */
public record ForeignHeaders(List<RecordHeader> kept, int dropped) {
  /** What Kafka adds to a header at most: the lengths of its key and its value. */
  private static final int OVERHEAD_BYTES = 10;

  private static final int COUNT_DIGITS_MAX = 10;

  /**
   * The headers within a limit.
   *
   * @param bytesMax all kept ones together, as Kafka writes them
   */
  public static ForeignHeaders within(int bytesMax, List<RecordHeader> headers) {
    List<RecordHeader> kept = new ArrayList<>();
    long left = bytesMax;
    for (RecordHeader header : headers) {
      long bytes = (long) OVERHEAD_BYTES + Utf8.bytes(header.key()) + header.value().length;
      if (bytes <= left) {
        kept.add(header);
        left -= bytes;
      }
    }
    return new ForeignHeaders(kept, headers.size() - kept.size());
  }

  /**
   * The headers of a record that should have only what {@link #carried} left. A foreign record may
   * have more; of that no more is kept.
   */
  public static List<RecordHeader> carriedBefore(List<RecordHeader> headers) {
    int count = OVERHEAD_BYTES + AnswerHeaders.DROPPED.length() + COUNT_DIGITS_MAX;
    return within(AnswerHeaders.CARRIED_BYTES_MAX + count, headers).kept();
  }

  /** What an answer carries on of its query's headers, with the number of those it does not. */
  public static List<RecordHeader> carried(List<RecordHeader> headers) {
    ForeignHeaders within = within(AnswerHeaders.CARRIED_BYTES_MAX, headers);
    List<RecordHeader> carried = new ArrayList<>(within.kept());
    if (within.dropped() > 0) {
      byte[] count = Integer.toString(within.dropped()).getBytes(StandardCharsets.UTF_8);
      carried.add(new RecordHeader(AnswerHeaders.DROPPED, count));
    }
    return carried;
  }
}
