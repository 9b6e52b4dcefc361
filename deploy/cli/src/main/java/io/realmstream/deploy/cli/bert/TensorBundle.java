package io.realmstream.deploy.cli.bert;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * The variables of a TensorFlow checkpoint: an index file (a {@link LevelTable} of their types,
 * shapes and places) and a data file, which is mapped and not read into the heap.
 */
final class TensorBundle implements AutoCloseable {
  private static final int FLOAT = 1;

  /** TensorFlow rotates checksums and adds this, so that none is taken of a checksum. */
  private static final int CHECKSUM_MASK = 0xa282ead8;

  /**
   * A float32 variable.
   *
   * @param values little-endian, the last dimension the fastest
   */
  record Tensor(long[] shape, ByteBuffer values) {
    int rows() {
      return Math.toIntExact(shape[0]);
    }

    int columns() {
      return Math.toIntExact(shape[1]);
    }

    float[] floats() {
      float[] floats = new float[values.remaining() / Float.BYTES];
      values.asFloatBuffer().get(floats);
      return floats;
    }
  }

  private record Entry(int type, long[] shape, long offset, long bytes, int checksum) {}

  private final Map<String, Entry> entries = new TreeMap<>();
  private final FileChannel data;

  private TensorBundle(byte[] index, FileChannel data) throws IOException {
    this.data = data;
    for (Map.Entry<String, ByteBuffer> entry : LevelTable.read(index).entrySet()) {
      if (!entry.getKey().isEmpty()) { // the empty one is the header
        entries.put(entry.getKey(), entry(CodedInputStream.newInstance(entry.getValue())));
      }
    }
  }

  /**
   * Opens a checkpoint of one data file.
   *
   * @throws IOException when the index cannot be read
   */
  static TensorBundle open(byte[] index, Path data) throws IOException {
    FileChannel channel = FileChannel.open(data);
    try {
      return new TensorBundle(index, channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  Set<String> names() {
    return entries.keySet();
  }

  /**
   * A variable, checked against its checksum.
   *
   * @throws IOException when there is none of that name, it is not float32, or its bytes are
   *     damaged
   */
  Tensor tensor(String name) throws IOException {
    Entry entry = entries.get(name);
    if (entry == null || entry.type != FLOAT) {
      throw new IOException("no float32 variable is named " + name);
    }
    if (entry.offset + entry.bytes > data.size()) {
      throw new IOException("variable " + name + " is cut off");
    }
    ByteBuffer values = data.map(FileChannel.MapMode.READ_ONLY, entry.offset, entry.bytes);
    CRC32C checksum = new CRC32C();
    checksum.update(values.duplicate());
    int rotated = Integer.rotateRight((int) checksum.getValue(), 15);
    if (rotated + CHECKSUM_MASK != entry.checksum) {
      throw new IOException("variable " + name + " is damaged");
    }
    return new Tensor(entry.shape, values.order(ByteOrder.LITTLE_ENDIAN));
  }

  /** TensorFlow's BundleEntryProto: 1 type, 2 shape, 4 offset, 5 size in bytes, 6 checksum. */
  private static Entry entry(CodedInputStream in) throws IOException {
    int type = 0;
    long[] shape = {};
    long offset = 0;
    long bytes = 0;
    int checksum = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> type = in.readEnum();
        case 2 -> shape = shape(in.readBytes().newCodedInput());
        case 4 -> offset = in.readInt64();
        case 5 -> bytes = in.readInt64();
        case 6 -> checksum = in.readFixed32();
        default -> in.skipField(tag);
      }
    }
    return new Entry(type, shape, offset, bytes, checksum);
  }

  /** TensorFlow's TensorShapeProto: 2 = a dimension, whose 1 = its size. */
  private static long[] shape(CodedInputStream in) throws IOException {
    List<Long> sizes = new ArrayList<>();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) == 2) {
        sizes.add(size(in.readBytes().newCodedInput()));
      } else {
        in.skipField(tag);
      }
    }
    return sizes.stream().mapToLong(Long::longValue).toArray();
  }

  private static long size(CodedInputStream in) throws IOException {
    long size = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) == 1) {
        size = in.readInt64();
      } else {
        in.skipField(tag);
      }
    }
    return size;
  }

  @Override
  public void close() throws IOException {
    data.close();
  }
}
