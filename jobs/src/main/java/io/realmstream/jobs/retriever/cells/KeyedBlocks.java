package io.realmstream.jobs.retriever.cells;

import io.realmstream.jobs.Shards;
import io.realmstream.model.index.store.BlockKey;
import io.realmstream.model.index.store.BlockStore;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.queryablestate.client.state.serialization.KvStateSerializer;
import org.apache.flink.runtime.state.internal.InternalListState;
import org.apache.flink.streaming.api.operators.KeyContext;

/**
 * The blocks of all shards of a subtask, in Flink's state: a list for each namespace, which is the
 * block's key, packed as bytes because a POJO's serializer takes longer than the value. A cell's
 * shard becomes the current key when it is not already.
 *
 * <p>The float32 vectors, nearly all of the keys, have a state of their own, which in RocksDB is a
 * tree of its own: heads and blocks, which every search reads, are then found by way of a few
 * thousand keys that the processor's caches hold. All in one, searches without the heap cache took
 * 1.1 to 1.8 times as long; edits take the same.
 *
 * <p>Namespaces are Flink's internal interface, and this is the only class that knows it. A map
 * state has no appends, which in a list are RocksDB's merges, and copies each value that it reads
 * once more, into a young array that no cache of the processor holds.
 */
public record KeyedBlocks(
    InternalListState<Integer, byte[], byte[]> blocks,
    InternalListState<Integer, byte[], byte[]> vectors,
    KeyContext context,
    Shards shards)
    implements BlockStore {
  public static final ListStateDescriptor<byte[]> BLOCKS = descriptor("blocks");
  public static final ListStateDescriptor<byte[]> VECTORS = descriptor("vectors");
  static final TypeSerializer<byte[]> NAMESPACE = BytePrimitiveArraySerializer.INSTANCE;

  /** Between two values of a list; before the bytes of each stands their number, big-endian. */
  private static final int DELIMITER_BYTES = 1;

  /** The values in two states that are keyed by shard and have {@link #NAMESPACE}s. */
  static KeyedBlocks of(
      ListState<byte[]> blocks, ListState<byte[]> vectors, KeyContext context, Shards shards) {
    return new KeyedBlocks(internal(blocks), internal(vectors), context, shards);
  }

  private static ListStateDescriptor<byte[]> descriptor(String name) {
    return new ListStateDescriptor<>(name, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
  }

  @SuppressWarnings("unchecked") // what every list with namespaces is
  private static InternalListState<Integer, byte[], byte[]> internal(ListState<byte[]> state) {
    return (InternalListState<Integer, byte[], byte[]>) state;
  }

  @Override
  public List<ByteBuffer> get(BlockKey key) {
    byte[] stored;
    try {
      Integer shard = shards.key(shards.ofCell(key.cell()));
      InternalListState<Integer, byte[], byte[]> state = state(key);
      TypeSerializer<Integer> keys = state.getKeySerializer();
      stored =
          state.getSerializedValue(
              KvStateSerializer.serializeKeyAndNamespace(shard, keys, key.toBytes(), NAMESPACE),
              keys,
              NAMESPACE,
              state.getValueSerializer());
    } catch (Exception e) {
      throw new IllegalStateException("cannot read " + key, e);
    }
    return stored == null ? List.of() : values(ByteBuffer.wrap(stored));
  }

  private static List<ByteBuffer> values(ByteBuffer list) {
    List<ByteBuffer> values = new ArrayList<>();
    for (int start = 0; start < list.limit(); start = list.position() + DELIMITER_BYTES) {
      int length = list.position(start).getInt();
      values.add(list.duplicate().limit(list.position() + length));
      list.position(list.position() + length);
    }
    return values;
  }

  @Override
  public void put(BlockKey key, byte[] value) {
    try {
      at(key).update(List.of(value));
    } catch (Exception e) {
      throw new IllegalStateException("cannot write " + key, e);
    }
  }

  @Override
  public void append(BlockKey key, byte[] value) {
    try {
      at(key).add(value);
    } catch (Exception e) {
      throw new IllegalStateException("cannot write " + key, e);
    }
  }

  @Override
  public void remove(BlockKey key) {
    at(key).clear();
  }

  private InternalListState<Integer, byte[], byte[]> state(BlockKey key) {
    return key.kind() == BlockKey.VECTOR ? vectors : blocks;
  }

  private InternalListState<Integer, byte[], byte[]> at(BlockKey key) {
    Integer shard = shards.key(shards.ofCell(key.cell()));
    if (!shard.equals(context.getCurrentKey())) {
      context.setCurrentKey(shard);
    }
    InternalListState<Integer, byte[], byte[]> state = state(key);
    state.setCurrentNamespace(key.toBytes());
    return state;
  }
}
