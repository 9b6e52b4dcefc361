package io.realmstream.model.index.partition;

import io.realmstream.model.index.partition.PartitionEvent.Kind;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.json.BadRecordException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * Records of the partitions topic to bytes and back. All numbers are big-endian.
 *
 * <pre>
 *   key:   version 4, partition 4, kind 1, chunk number 4 (0 but for CHUNK)
 *   value: marker 52 50 ("RP"), layout 1 (now 4), kind 1, version 4, partition 4, run 8, and for
 *          CHUNK  number 4, cells 4, dimension 4, nprobe 4 (the most), margin 4, digest 16, then for
 *                 each cell 4 bytes for each entry of its centroid, and 4 for its spread
 *          FILL   cells 4, dimension 4, nprobe 4, margin 4, digest 16, passages 8
 * </pre>
 */
public final class PartitionCodec {
  private static final short MARKER = 0x5250;
  private static final byte LAYOUT = 4;
  private static final int HEAD_BYTES = 20;
  private static final int SHAPE_BYTES = 3 * Integer.BYTES + Float.BYTES + Hash128.BYTES;
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
    PartitionHead head = event.head();
    ByteBuffer bytes =
        ByteBuffer.allocate(HEAD_BYTES + bodyBytes(event))
            .putShort(MARKER)
            .put(LAYOUT)
            .put(event.kind().code())
            .putInt(event.version())
            .putInt(event.partition())
            .putLong(event.run());
    if (chunk != null) {
      bytes.putInt(chunk.number());
      shape(bytes, chunk.cells(), chunk.dimension(), chunk.probes());
      bytes.put(chunk.digest().toBytes()).asFloatBuffer().put(chunk.centroids());
    }
    if (head != null) {
      shape(bytes, head.cells(), head.dimension(), head.probes());
      bytes.put(head.digest().toBytes()).putLong(head.passages());
    }
    return bytes.array();
  }

  private static int bodyBytes(PartitionEvent event) {
    PartitionChunk chunk = event.chunk();
    if (chunk != null) {
      return Integer.BYTES + SHAPE_BYTES + chunk.centroids().length * Float.BYTES;
    }
    return event.head() == null ? 0 : SHAPE_BYTES + Long.BYTES;
  }

  private static void shape(ByteBuffer bytes, int cells, int dimension, ProbeLimit probes) {
    bytes.putInt(cells).putInt(dimension).putInt(probes.cells()).putFloat(probes.margin());
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
      long run = bytes.getLong();
      PartitionChunk chunk = kind == Kind.CHUNK ? chunk(bytes) : null;
      PartitionHead head = kind == Kind.FILL ? head(bytes) : null;
      if (bytes.hasRemaining()) {
        throw new BadRecordException("value: has %d bytes too many".formatted(bytes.remaining()));
      }
      return new PartitionEvent(kind, version, partition, run, chunk, head);
    } catch (BufferUnderflowException e) {
      throw new BadRecordException("value: is cut off after " + value.length + " bytes");
    } catch (IllegalArgumentException e) {
      throw new BadRecordException(String.valueOf(e.getMessage()));
    }
  }

  private static PartitionChunk chunk(ByteBuffer bytes) {
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

  private static PartitionHead head(ByteBuffer bytes) {
    int cells = bytes.getInt();
    int dimension = bytes.getInt();
    ProbeLimit probes = new ProbeLimit(bytes.getInt(), bytes.getFloat());
    Hash128 digest = new Hash128(bytes.getLong(), bytes.getLong());
    return new PartitionHead(digest, cells, dimension, probes, bytes.getLong());
  }
}
