package io.realmstream.model.retrieval;

import io.realmstream.model.index.topk.SearchLimit;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.query.Query;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * A question whose search is made again: a value of the search-again topic, whose headers are the
 * question's own.
 *
 * <pre>
 *   value: marker 52 41 ("RA"), layout 1 (now 1), deadline 8 (epoch ms), different vectors 4,
 *          hits 4, then the question as in the queries topic, without a deadline;
 *          all numbers big-endian
 * </pre>
 *
 * @param query the question; its own deadline is not kept
 * @param deadlineMs the question's, as it was for its first search
 */
public record SearchAgain(Query query, long deadlineMs, SearchLimit limit) {
  private static final short MARKER = 0x5241;
  private static final byte LAYOUT = 1;
  private static final int HEAD_BYTES =
      Short.BYTES + Byte.BYTES + Long.BYTES + Integer.BYTES + Integer.BYTES;

  public SearchAgain {
    query = new Query(query.id(), query.text(), query.kind(), query.scope(), null, query.options());
  }

  public byte[] encode() {
    byte[] question = Codecs.QUERY.encode(query);
    return ByteBuffer.allocate(HEAD_BYTES + question.length)
        .putShort(MARKER)
        .put(LAYOUT)
        .putLong(deadlineMs)
        .putInt(limit.different())
        .putInt(limit.hits())
        .put(question)
        .array();
  }

  /**
   * Decodes a value.
   *
   * @throws BadRecordException when the bytes are none
   */
  public static SearchAgain decode(byte[] value) throws BadRecordException {
    ByteBuffer bytes = ByteBuffer.wrap(value);
    try {
      if (bytes.getShort() != MARKER || bytes.get() != LAYOUT) {
        throw new BadRecordException("value: is no search-again record of layout " + LAYOUT);
      }
      long deadlineMs = bytes.getLong();
      SearchLimit limit = new SearchLimit(bytes.getInt(), bytes.getInt());
      byte[] question = new byte[bytes.remaining()];
      bytes.get(question);
      return new SearchAgain(Codecs.QUERY.decode(question), deadlineMs, limit);
    } catch (BufferUnderflowException e) {
      throw new BadRecordException("value: is cut off after " + value.length + " bytes");
    } catch (IllegalArgumentException e) {
      throw new BadRecordException("value: " + e.getMessage());
    }
  }
}
