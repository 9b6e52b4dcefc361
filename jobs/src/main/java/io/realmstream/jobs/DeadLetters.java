package io.realmstream.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.realmstream.schemas.DeadLetterHeaders;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.util.OutputTag;

/** Makes dead letters: the original bytes, and in the headers where from and why. */
public final class DeadLetters {
  /** The side output of every operator that refuses records. */
  public static final OutputTag<OutboundRecord> TAG = new OutputTag<>("dead-letters") {};

  static final int VALUE_BYTES_MAX = 1 << 20;

  private DeadLetters() {}

  /** Why a record was refused, in a word. */
  public enum Reason {
    MALFORMED,
    TOO_LARGE,
    EMBEDDING,
    DIMENSION
  }

  /**
   * A dead letter for {@code record}.
   *
   * @param stage uid of the operator that refuses it
   * @param message a sentence that names field and limit
   */
  public static OutboundRecord of(
      InboundRecord record, String stage, Reason reason, String message) {
    List<RecordHeader> headers = new ArrayList<>(record.headers());
    headers.add(header(DeadLetterHeaders.TOPIC, record.topic()));
    headers.add(header(DeadLetterHeaders.PARTITION, Integer.toString(record.partition())));
    headers.add(header(DeadLetterHeaders.OFFSET, Long.toString(record.offset())));
    headers.add(header(DeadLetterHeaders.STAGE, stage));
    headers.add(header(DeadLetterHeaders.CLASS, reason.name()));
    headers.add(header(DeadLetterHeaders.MESSAGE, message));
    byte[] value = record.value();
    if (value != null && value.length > VALUE_BYTES_MAX) {
      headers.add(header(DeadLetterHeaders.TRUNCATED, "true"));
      value = Arrays.copyOf(value, VALUE_BYTES_MAX);
    }
    return new OutboundRecord(OutboundRecord.BY_KEY, record.key(), value, headers);
  }

  /**
   * A dead letter for a document whose original record is no longer at hand; its value is empty.
   *
   * @param document id, the dead letter's key
   */
  public static OutboundRecord of(String document, String stage, Reason reason, String message) {
    List<RecordHeader> headers = new ArrayList<>();
    headers.add(header(DeadLetterHeaders.STAGE, stage));
    headers.add(header(DeadLetterHeaders.CLASS, reason.name()));
    headers.add(header(DeadLetterHeaders.MESSAGE, message));
    return new OutboundRecord(
        OutboundRecord.BY_KEY, document.getBytes(UTF_8), new byte[0], headers);
  }

  private static RecordHeader header(String key, String value) {
    return new RecordHeader(key, value.getBytes(UTF_8));
  }
}
