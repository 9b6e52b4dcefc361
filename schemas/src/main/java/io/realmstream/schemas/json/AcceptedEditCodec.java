package io.realmstream.schemas.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.Utf8;
import io.realmstream.schemas.document.AcceptedEdit;
import io.realmstream.schemas.document.DocumentEdit;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records of the topic of accepted edits: the document's id as key, a DocumentEdit as value or none
 * for a deletion, so that compaction forgets it in time, and the order in headers, as ASCII text.
 *
 * <pre>
 * realm_accepted_revision    decimal
 * realm_accepted_tie         32 hexadecimal digits
 * realm_accepted_time        Kafka timestamp of the client's record in ms; these three or none
 * realm_accepted_partition   of the documents topic
 * realm_accepted_offset      in that partition
 * </pre>
 */
public final class AcceptedEditCodec {
  private static final String REVISION = "realm_accepted_revision";
  private static final String TIE = "realm_accepted_tie";
  private static final String TIME = "realm_accepted_time";
  private static final String PARTITION = "realm_accepted_partition";
  private static final String OFFSET = "realm_accepted_offset";

  /** Whatever was accepted can be read, though the limit of edits be lower now. */
  private static final JsonCodec<DocumentEdit> EDIT = Codecs.DOCUMENT_EDIT.withBytesMax(9 << 20);

  private AcceptedEditCodec() {}

  public static byte[] key(AcceptedEdit accepted) {
    return accepted.edit().id().getBytes(UTF_8);
  }

  /**
   * The record's value.
   *
   * @return null for a deletion
   * @throws IllegalArgumentException as {@link JsonCodec#encode}
   */
  public static byte @Nullable [] value(AcceptedEdit accepted) {
    DocumentEdit edit = accepted.edit();
    return edit.kind().deletes() ? null : EDIT.encode(edit);
  }

  /** The record's headers by name. */
  public static Map<String, byte[]> headers(AcceptedEdit accepted) {
    Map<String, byte[]> headers = new LinkedHashMap<>();
    put(headers, REVISION, accepted.revision());
    put(headers, TIE, accepted.tie());
    AcceptedEdit.Origin origin = accepted.origin();
    if (origin != null) {
      put(headers, TIME, origin.time());
      put(headers, PARTITION, origin.partition());
      put(headers, OFFSET, origin.offset());
    }
    return headers;
  }

  /**
   * Decodes a record.
   *
   * @param headers by name, the last of each; others are ignored
   * @throws BadRecordException naming the part that is wrong
   */
  public static AcceptedEdit decode(
      byte @Nullable [] key, byte @Nullable [] value, Map<String, byte[]> headers)
      throws BadRecordException {
    try {
      DocumentEdit edit = edit(key, value, number(headers, REVISION));
      return new AcceptedEdit(edit, tie(headers), origin(headers));
    } catch (IllegalArgumentException e) {
      throw new BadRecordException(String.valueOf(e.getMessage()));
    }
  }

  private static DocumentEdit edit(byte @Nullable [] key, byte @Nullable [] value, long revision)
      throws BadRecordException {
    if (key == null) {
      throw new BadRecordException("key: must be the document's id");
    }
    if (value == null) {
      return DocumentEdit.deletion(id(key), revision);
    }
    DocumentEdit edit = EDIT.decode(value);
    if (edit.kind().deletes()) {
      throw new BadRecordException("kind: a deletion has no value in this topic");
    }
    if (!Arrays.equals(key, edit.id().getBytes(UTF_8))) {
      throw new BadRecordException("key: must be the document's id");
    }
    if (!Long.valueOf(revision).equals(edit.revision())) {
      throw new BadRecordException(
          REVISION + ": must be the edit's revision " + edit.revision() + " (is " + revision + ")");
    }
    return edit;
  }

  private static String id(byte[] key) throws BadRecordException {
    try {
      return Utf8.decode(ByteBuffer.wrap(key));
    } catch (CharacterCodingException e) {
      throw new BadRecordException("key: not UTF-8");
    }
  }

  private static Hash128 tie(Map<String, byte[]> headers) throws BadRecordException {
    String text = text(headers, TIE);
    try {
      return Hash128.parse(text);
    } catch (IllegalArgumentException e) {
      throw new BadRecordException(TIE + ": must be 32 hexadecimal digits (is " + text + ")");
    }
  }

  private static AcceptedEdit.@Nullable Origin origin(Map<String, byte[]> headers)
      throws BadRecordException {
    if (!headers.containsKey(TIME)) {
      return null;
    }
    long partition = number(headers, PARTITION);
    if (partition > Integer.MAX_VALUE) {
      throw new BadRecordException(PARTITION + ": must be a partition (is " + partition + ")");
    }
    return new AcceptedEdit.Origin(number(headers, TIME), (int) partition, number(headers, OFFSET));
  }

  private static long number(Map<String, byte[]> headers, String name) throws BadRecordException {
    String text = text(headers, name);
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new BadRecordException(name + ": must be a whole number (is " + text + ")");
    }
  }

  private static String text(Map<String, byte[]> headers, String name) throws BadRecordException {
    byte[] value = headers.get(name);
    if (value == null) {
      throw new BadRecordException(name + ": header absent");
    }
    return new String(value, UTF_8);
  }

  private static void put(Map<String, byte[]> headers, String name, Object value) {
    headers.put(name, value.toString().getBytes(UTF_8));
  }
}
