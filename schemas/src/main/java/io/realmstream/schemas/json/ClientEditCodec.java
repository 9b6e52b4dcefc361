package io.realmstream.schemas.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.realmstream.schemas.Utf8;
import io.realmstream.schemas.document.DocumentEdit;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads records of the documents topic: the document's id as key, a DocumentEdit as value or none
 * for a DELETE.
 *
 * <p>Under another key compaction would remove another document's edit. A record without a key is
 * taken: no compaction touches it. Thread-safe.
 */
public final class ClientEditCodec {
  private static final int KEY_BYTES_SHOWN = 80;

  private final JsonCodec<DocumentEdit> edits;

  /**
   * @param bytesMax the largest value, in bytes, that is decoded
   */
  public ClientEditCodec(int bytesMax) {
    edits = Codecs.DOCUMENT_EDIT.withBytesMax(bytesMax);
  }

  /**
   * Decodes a record.
   *
   * @throws BadRecordException naming the part that is wrong
   */
  public DocumentEdit decode(byte @Nullable [] key, byte @Nullable [] value)
      throws BadRecordException {
    if (value == null) {
      return deletion(key);
    }
    DocumentEdit edit = edits.decode(value);
    if (key != null && !Arrays.equals(key, edit.id().getBytes(UTF_8))) {
      throw new BadRecordException(
          "key: must be the document's id \"" + edit.id() + "\" (is " + shown(key) + ")");
    }
    return edit;
  }

  private static DocumentEdit deletion(byte @Nullable [] key) throws BadRecordException {
    if (key == null || key.length == 0 || key.length > DocumentEdit.ID_BYTES_MAX) {
      throw new BadRecordException(
          "key: a record without a value deletes the document that its key names, in 1 to "
              + DocumentEdit.ID_BYTES_MAX
              + " bytes; there are "
              + (key == null ? 0 : key.length));
    }
    try {
      String id = Utf8.decode(ByteBuffer.wrap(key));
      return DocumentEdit.deletion(id, null);
    } catch (CharacterCodingException e) {
      throw new BadRecordException("key: not UTF-8");
    }
  }

  private static String shown(byte[] key) {
    String whole = new String(key, 0, Math.min(key.length, KEY_BYTES_SHOWN), UTF_8);
    return "\"" + whole + (key.length > KEY_BYTES_SHOWN ? "...\"" : "\"");
  }
}
