package io.realmstream.model.index.partition;

import io.realmstream.model.index.partition.PartitionEvent.Kind;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.Limits;
import io.realmstream.schemas.json.BadRecordException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Records of the partitions topic to bytes and back. All numbers are big-endian.
 *
 * <pre>
 *   key:   version 4, partition 4, kind 1, chunk number 4 (0 but for CHUNK)
 *   value: marker 52 50 ("RP"), layout 1 (now 5), kind 1, version 4, partition 4, run 8, and for
 *          CHUNK  number 4, cells 4, dimension 4, nprobe 4 (the most), margin 4, digest 16, then for
 *                 each of its rows 4 bytes for each entry of its centroid, and 4 for its spread,
 *                 then for each of its rows 4 for its group
 *          FILL   cells 4, dimension 4, nprobe 4, margin 4, digest 16, passages 8
 * </pre>
 */
public final class PartitionCodec {
  private static final short MARKER = 0x5250;
  private static final byte LAYOUT = 5;
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
      bytes.position(bytes.position() + chunk.centroids().length * Float.BYTES);
      bytes.asIntBuffer().put(chunk.groups());
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
      int numbers = chunk.centroids().length + chunk.groups().length;
      return Integer.BYTES + SHAPE_BYTES + numbers * Integer.BYTES;
    }
    return event.head() == null ? 0 : SHAPE_BYTES + Long.BYTES;
  }

  private static void shape(ByteBuffer bytes, int cells, int dimension, ProbeLimit probes) {
    bytes.putInt(cells).putInt(dimension).putInt(probes.cells()).putFloat(probes.margin());
  }

  /**
   * Decodes a record without a value: its key names what left the topic.
   *
   * @return null when that is no chunk of a partition
   */
  public static @Nullable PartitionEvent gone(byte @Nullable [] key) {
    if (key == null || key.length != KEY_BYTES) {
      return null;
    }
    ByteBuffer bytes = ByteBuffer.wrap(key);
    PartitionId id = new PartitionId(bytes.getInt(), bytes.getInt());
    boolean isChunk = bytes.get() == Kind.CHUNK.code();
    return isChunk && id.version() > 0 && id.partition() > 0 ? PartitionEvent.gone(id) : null;
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
      if (kind == Kind.GONE) {
        throw new BadRecordException("kind: is that of a record without a value");
      }
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
    Limits.checkAtLeast("dimension", dimension, 1);
    int rows = (int) (bytes.remaining() / Float.BYTES / (dimension + 2L));
    float[] centroids = new float[rows * (dimension + 1)];
    bytes.asFloatBuffer().get(centroids);
    bytes.position(bytes.position() + centroids.length * Float.BYTES);
    int[] groups = new int[rows];
    bytes.asIntBuffer().get(groups);
    bytes.position(bytes.position() + groups.length * Integer.BYTES);
    return new PartitionChunk(number, cells, dimension, probes, digest, centroids, groups);
  }

  private static PartitionHead head(ByteBuffer bytes) {
    int cells = bytes.getInt();
    int dimension = bytes.getInt();
    ProbeLimit probes = new ProbeLimit(bytes.getInt(), bytes.getFloat());
    Hash128 digest = new Hash128(bytes.getLong(), bytes.getLong());
    return new PartitionHead(digest, cells, dimension, probes, bytes.getLong());
  }
}
