package io.realmstream.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.realmstream.schemas.DeadLetterHeaders;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Makes dead letters: the original bytes, and in the headers where from and why. Key, value and
 * headers of the original each have a limit, so that all of them together always fit the topic;
 * what is cut is said in the headers.
 */
public final class DeadLetters {
  /** The side output of every operator that refuses records. */
  public static final OutputTag<OutboundRecord> TAG = new OutputTag<>("dead-letters") {};

  static final int VALUE_BYTES_MAX = 1 << 20;
  static final int KEY_BYTES_MAX = 64 << 10;
  static final int HEADERS_BYTES_MAX = 1 << 20;
  private static final int MESSAGE_LENGTH_MAX = 2_000;

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
    ForeignHeaders foreign = ForeignHeaders.within(HEADERS_BYTES_MAX, record.headers());
    byte[] key = cut(record.key(), KEY_BYTES_MAX);
    byte[] value = cut(record.value(), VALUE_BYTES_MAX);
    List<RecordHeader> headers = new ArrayList<>(foreign.kept());
    headers.add(header(DeadLetterHeaders.TOPIC, record.topic()));
    headers.add(header(DeadLetterHeaders.PARTITION, Integer.toString(record.partition())));
    headers.add(header(DeadLetterHeaders.OFFSET, Long.toString(record.offset())));
    headers.addAll(reason(stage, reason, message));
    List<String> losses = new ArrayList<>();
    addLoss(losses, "key", record.key(), key);
    addLoss(losses, "value", record.value(), value);
    if (foreign.dropped() > 0) {
      losses.add("headers: %d of %d".formatted(foreign.kept().size(), record.headers().size()));
    }
    if (!losses.isEmpty()) {
      headers.add(header(DeadLetterHeaders.TRUNCATED, "true"));
      headers.add(header(DeadLetterHeaders.KEPT, String.join(", ", losses)));
    }
    return new OutboundRecord(OutboundRecord.BY_KEY, key, value, headers);
  }

  /**
   * A dead letter for a document whose original record is no longer at hand; its value is empty.
   *
   * @param document id, the dead letter's key
   */
  public static OutboundRecord of(String document, String stage, Reason reason, String message) {
    return new OutboundRecord(
        OutboundRecord.BY_KEY,
        document.getBytes(UTF_8),
        new byte[0],
        reason(stage, reason, message));
  }

  private static List<RecordHeader> reason(String stage, Reason reason, String message) {
    String words =
        message.length() <= MESSAGE_LENGTH_MAX
            ? message
            : message.substring(0, MESSAGE_LENGTH_MAX) + "...";
    return List.of(
        header(DeadLetterHeaders.STAGE, stage),
        header(DeadLetterHeaders.CLASS, reason.name()),
        header(DeadLetterHeaders.MESSAGE, words));
  }

  private static byte @Nullable [] cut(byte @Nullable [] bytes, int bytesMax) {
    return bytes == null || bytes.length <= bytesMax ? bytes : Arrays.copyOf(bytes, bytesMax);
  }

  private static void addLoss(
      List<String> losses, String part, byte @Nullable [] whole, byte @Nullable [] kept) {
    if (whole != null && kept != null && kept.length < whole.length) {
      losses.add("%s: %d of %d bytes".formatted(part, kept.length, whole.length));
    }
  }

  private static RecordHeader header(String key, String value) {
    return new RecordHeader(key, value.getBytes(UTF_8));
  }
}
