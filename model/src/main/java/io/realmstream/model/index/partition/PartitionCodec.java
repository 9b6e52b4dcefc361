package io.realmstream.model.index.partition;

import io.realmstream.model.index.partition.PartitionEvent.Kind;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.json.BadRecordException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Records of the partitions topic to bytes and back. All numbers are big-endian.
 *
 * <pre>
 *   key:   version 4, partition 4, kind 1, chunk number 4 (0 but for CHUNK)
 *   value: marker 52 50 ("RP"), layout 1 (now 3), kind 1, version 4, partition 4, and for CHUNK
 *          number 4, cells 4, dimension 4, nprobe 4 (the most), margin 4, digest 16, then for
 *          each cell 4 bytes for each entry of its centroid, and 4 for its spread
 * </pre>
 */
public final class PartitionCodec {
  private static final short MARKER = 0x5250;
  private static final byte LAYOUT = 3;
  private static final int HEAD_BYTES = 12;
  private static final int CHUNK_HEAD_BYTES = 4 * Integer.BYTES + Float.BYTES + Hash128.BYTES;
  private static final int KEY_BYTES = 13;

  private PartitionCodec() {}

  /** The key under which a later record replaces this one. */
  public static byte[] key(Kind kind, PartitionId id, int chunk) {
    return ByteBuffer.allocate(KEY_BYTES)
        .putInt(id.version())
        .putInt(id.partition())
        .put(kind.code())
        .putInt(chunk)
        .array();
  }

  public static byte[] encode(PartitionEvent event) {
    PartitionChunk chunk = event.chunk();
    int length = chunk == null ? 0 : CHUNK_HEAD_BYTES + chunk.centroids().length * Float.BYTES;
    ByteBuffer bytes =
        ByteBuffer.allocate(HEAD_BYTES + length)
            .putShort(MARKER)
            .put(LAYOUT)
            .put(event.kind().code())
            .putInt(event.version())
            .putInt(event.partition());
    if (chunk != null) {
      bytes
          .putInt(chunk.number())
          .putInt(chunk.cells())
          .putInt(chunk.dimension())
          .putInt(chunk.probes().cells())
          .putFloat(chunk.probes().margin())
          .put(chunk.digest().toBytes())
          .asFloatBuffer()
          .put(chunk.centroids());
    }
    return bytes.array();
  }

  /**
   * Decodes a record's value.
   *
   * @throws BadRecordException when the bytes are no such record, whole and with nothing behind it
   */
  public static PartitionEvent decode(byte[] value) throws BadRecordException {
    ByteBuffer bytes = ByteBuffer.wrap(value);
    try {
      if (bytes.getShort() != MARKER || bytes.get() != LAYOUT) {
        throw new BadRecordException("value: is no partition record of layout " + LAYOUT);
      }
      Kind kind = Kind.of(bytes.get());
      int version = bytes.getInt();
      int partition = bytes.getInt();
      PartitionChunk chunk = kind == Kind.CHUNK ? chunk(bytes) : null;
      if (bytes.hasRemaining()) {
        throw new BadRecordException("value: has %d bytes too many".formatted(bytes.remaining()));
      }
      return new PartitionEvent(kind, version, partition, chunk);
    } catch (BufferUnderflowException e) {
      throw new BadRecordException("value: is cut off after " + value.length + " bytes");
    } catch (IllegalArgumentException e) {
      throw new BadRecordException(String.valueOf(e.getMessage()));
    }
  }

  private static @Nullable PartitionChunk chunk(ByteBuffer bytes) {
    int number = bytes.getInt();
    int cells = bytes.getInt();
    int dimension = bytes.getInt();
    ProbeLimit probes = new ProbeLimit(bytes.getInt(), bytes.getFloat());
    Hash128 digest = new Hash128(bytes.getLong(), bytes.getLong());
    float[] centroids = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(centroids);
    bytes.position(bytes.position() + centroids.length * Float.BYTES);
    return new PartitionChunk(number, cells, dimension, probes, digest, centroids);
  }
}
