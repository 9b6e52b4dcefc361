package io.realmstream.schemas.avro;

import io.realmstream.schemas.json.BadRecordException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/**
 * Walks a record in Avro single-object encoding without keeping anything of it. Avro allocates what
 * a length field asks for before it looks whether so many bytes are there: behind this walk, every
 * length is one that the record really has, and nothing follows its end.
 */
final class SingleObjectCheck {
  private static final int MARKER = 0xC301;
  private static final int HEADER_BYTES = 10;

  private final Map<Long, Schema> schemas = new HashMap<>();

  SingleObjectCheck(Collection<Schema> writerSchemas) {
    for (Schema schema : writerSchemas) {
      schemas.put(SchemaNormalization.parsingFingerprint64(schema), schema);
    }
  }

  void check(byte[] bytes) throws BadRecordException {
    Schema schema = writerSchema(bytes);
    BinaryDecoder in =
        DecoderFactory.get().binaryDecoder(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES, null);
    try {
      walk(schema, in);
      if (!in.isEnd()) {
        throw new BadRecordException("message: bytes behind its end");
      }
    } catch (IOException
        | AvroRuntimeException
        | IndexOutOfBoundsException
        // Avro's word for a list of more than 2^31 - 9 entries
        | UnsupportedOperationException e) {
      throw new BadRecordException("message: broken or cut off (" + e + ")");
    }
  }

  private Schema writerSchema(byte[] bytes) throws BadRecordException {
    ByteBuffer header = ByteBuffer.wrap(bytes);
    if (bytes.length < HEADER_BYTES || (header.getShort() & 0xFFFF) != MARKER) {
      throw new BadRecordException("message: must begin with C3 01 and a schema's fingerprint");
    }
    long fingerprint = header.order(ByteOrder.LITTLE_ENDIAN).getLong();
    Schema schema = schemas.get(fingerprint);
    if (schema == null) {
      throw new BadRecordException(
          "message: written with an unknown schema, fingerprint " + Long.toHexString(fingerprint));
    }
    return schema;
  }

  private static void walk(Schema schema, BinaryDecoder in) throws IOException {
    switch (schema.getType()) {
      case RECORD -> {
        for (Schema.Field field : schema.getFields()) {
          walk(field.schema(), in);
        }
      }
      case UNION -> walk(schema.getTypes().get(in.readIndex()), in);
      case ARRAY -> {
        for (long left = in.readArrayStart(); left > 0; left = in.arrayNext()) {
          for (long i = 0; i < left; i++) {
            walk(schema.getElementType(), in);
          }
        }
      }
      case STRING, BYTES -> {
        // Avro's own skipping would walk backwards over a negative length
        long length = in.readLong();
        if (length < 0 || length > Integer.MAX_VALUE) {
          throw new IOException("length " + length);
        }
        in.skipFixed((int) length);
      }
      case ENUM -> schema.getEnumSymbols().get(in.readEnum());
      default -> GenericDatumReader.skip(schema, in);
    }
  }
}
