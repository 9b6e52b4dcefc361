package io.realmstream.schemas.avro;

import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.vectors.VectorMessage;
import io.realmstream.schemas.vectors.VectorRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.avro.Schema;

/**
 * Records of the passage-vectors topic to bytes and back, in Avro single-object encoding:
 *
 * <pre>
 * C3 01        marker of the encoding
 * 8 bytes      CRC-64-AVRO fingerprint of the writer's schema, little-endian
 * the rest     the record in Avro's binary encoding
 * </pre>
 *
 * <p>Times travel in microseconds; finer fractions are cut towards the past. Thread-safe.
 */
public final class VectorMessageCodec {
  /** Most entries of a vector: more than any encoder has, and few enough for the index's blocks. */
  public static final int DIMENSION_MAX = 4_096;

  /** Files of the schema that records on the topic may be written with, the current one first. */
  private static final List<String> SCHEMA_FILES = List.of("passage-vectors.avsc");

  private static final List<Schema> SCHEMAS =
      SCHEMA_FILES.stream().map(VectorMessageCodec::schema).toList();

  private static final VectorMessageWriter WRITER = new VectorMessageWriter(SCHEMAS.get(0));
  private static final VectorMessageReader READER =
      new VectorMessageReader(SCHEMAS.get(0), SCHEMAS);

  private VectorMessageCodec() {}

  /** The message alone, as {@link #encode(VectorRecord)} has it without a number. */
  public static byte[] encode(VectorMessage message) {
    return encode(VectorRecord.unnumbered(message));
  }

  /**
   * Encodes with the current schema.
   *
   * @throws IllegalArgumentException when the schema cannot say the message: an outcome that is not
   *     published, a vector that is empty, too long or not finite, a text with half a surrogate
   *     pair
   */
  public static byte[] encode(VectorRecord record) {
    return WRITER.write(record);
  }

  /** The message of a record alone, as {@link #read} has it. */
  public static VectorMessage decode(byte[] bytes) throws BadRecordException {
    return read(bytes).message();
  }

  /**
   * Decodes a record written with any schema of this module.
   *
   * @throws BadRecordException when the bytes are no such record, whole and with nothing behind it
   */
  public static VectorRecord read(byte[] bytes) throws BadRecordException {
    return READER.read(bytes);
  }

  /** The current schema. */
  static Schema schema() {
    return SCHEMAS.get(0);
  }

  private static Schema schema(String file) {
    String path = "/io/realmstream/schemas/" + file;
    try (InputStream bytes = VectorMessageCodec.class.getResourceAsStream(path)) {
      if (bytes == null) {
        throw new IllegalStateException("no resource " + path);
      }
      return new Schema.Parser().parse(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    }
  }
}
