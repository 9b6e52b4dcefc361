package io.realmstream.schemas.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;

/**
 * Bytes of a JSON topic to records and back. What a record may hold is said by its JSON Schema file
 * alone: limits, required fields and the defaults of absent ones. Thread-safe.
 *
 * <p>Decoding: size, strict UTF-8, one JSON object without duplicate keys, the schema, its
 * defaults, the record. Unknown fields are ignored. Encoding is canonical, so that equal records
 * have equal bytes: keys sorted, no white space, null fields left out, doubles as {@link
 * Double#toString(double)}, instants in UTC as {@link java.time.Instant#toString()}.
 */
public final class JsonCodec<T> {
  private final Class<T> type;
  private final RecordSchema schema;
  private final ObjectReader reader;
  private final ObjectWriter writer;
  private final int bytesMax;

  JsonCodec(Class<T> type, RecordSchema schema, int bytesMax) {
    if (bytesMax < 1) {
      throw new IllegalArgumentException("bytesMax must be at least 1: " + bytesMax);
    }
    this.type = type;
    this.schema = schema;
    this.reader = RecordJson.readerFor(type);
    this.writer = RecordJson.writerFor(type);
    this.bytesMax = bytesMax;
  }

  /** This codec with another limit on the bytes that it decodes. */
  public JsonCodec<T> withBytesMax(int bytesMax) {
    return new JsonCodec<>(type, schema, bytesMax);
  }

  /** The class of its records. */
  Class<T> type() {
    return type;
  }

  /** What says what a record may hold. */
  RecordSchema schema() {
    return schema;
  }

  /** The largest record, in bytes, that this codec decodes. */
  public int bytesMax() {
    return bytesMax;
  }

  /**
   * Decodes one record.
   *
   * @throws BadRecordException when the bytes are too many, no UTF-8, no JSON object, or break the
   *     schema
   */
  public T decode(byte[] bytes) throws BadRecordException {
    JsonNode tree = StrictJson.parse(bytes, bytesMax);
    schema.check(tree);
    schema.fillDefaults(tree);
    try {
      return reader.readValue(tree);
    } catch (JsonMappingException e) {
      throw new BadRecordException(fieldOf(e) + ": " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new BadRecordException("record: " + e.getMessage());
    }
  }

  /**
   * Encodes canonically. What {@link #decode} gave can always be encoded. Sizes and limits are not
   * checked: a record at the limit may be longer in canonical form, which writes defaults out.
   *
   * @throws IllegalArgumentException when JSON cannot say the record: a double that is not finite,
   *     an instant outside the years 0 to 9999, a text with half a surrogate pair
   */
  public byte[] encode(T value) {
    try {
      return writer.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e.getOriginalMessage(), e);
    }
  }

  /** The name of its schema. */
  @Override
  public String toString() {
    return schema.name();
  }

  private static String fieldOf(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : e.getPath()) {
      if (step.getFieldName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
      }
    }
    return path.isEmpty() ? "record" : path.toString();
  }
}
