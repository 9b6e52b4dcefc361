package io.realmstream.jobs.retriever;

import io.realmstream.jobs.Shards;
import io.realmstream.model.index.BlockKey;
import io.realmstream.model.index.BlockStore;
import java.nio.ByteBuffer;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.queryablestate.client.state.serialization.KvStateSerializer;
import org.apache.flink.runtime.state.internal.InternalValueState;
import org.apache.flink.streaming.api.operators.KeyContext;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of all shards of a subtask, in Flink's state: a value for each namespace, which is the
 * block's key, packed as bytes because a POJO's serializer takes longer than the value. A cell's
 * shard becomes the current key when it is not already.
 *
 * <p>Namespaces are Flink's internal interface, and this is the only class that knows it. A map
 * state would do the same, but copies each value that it reads once more, into a young array that
 * no cache of the processor holds.
 */
record KeyedBlocks(
    InternalValueState<Integer, byte[], byte[]> blocks, KeyContext context, Shards shards)
    implements BlockStore {
  static final ValueStateDescriptor<byte[]> STATE =
      new ValueStateDescriptor<>("blocks", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
  static final TypeSerializer<byte[]> NAMESPACE = BytePrimitiveArraySerializer.INSTANCE;

  /** Before the bytes of a stored value stands their number. */
  private static final int LENGTH_BYTES = Integer.BYTES;

  /** The blocks in a state that is keyed by shard and has {@link #NAMESPACE}s. */
  @SuppressWarnings("unchecked") // what every state with namespaces is
  static KeyedBlocks of(ValueState<byte[]> blocks, KeyContext context, Shards shards) {
    return new KeyedBlocks((InternalValueState<Integer, byte[], byte[]>) blocks, context, shards);
  }

  @Override
  public @Nullable ByteBuffer get(BlockKey key) {
    try {
      Integer shard = shards.key(shards.ofCell(key.cell()));
      TypeSerializer<Integer> keys = blocks.getKeySerializer();
      byte[] stored =
          blocks.getSerializedValue(
              KvStateSerializer.serializeKeyAndNamespace(shard, keys, key.toBytes(), NAMESPACE),
              keys,
              NAMESPACE,
              blocks.getValueSerializer());
      return stored == null
          ? null
          : ByteBuffer.wrap(stored, LENGTH_BYTES, stored.length - LENGTH_BYTES);
    } catch (Exception e) {
      throw new IllegalStateException("cannot read " + key, e);
    }
  }

  @Override
  public void put(BlockKey key, byte[] value) {
    try {
      of(key).update(value);
    } catch (Exception e) {
      throw new IllegalStateException("cannot write " + key, e);
    }
  }

  @Override
  public void remove(BlockKey key) {
    of(key).clear();
  }

  private InternalValueState<Integer, byte[], byte[]> of(BlockKey key) {
    Integer shard = shards.key(shards.ofCell(key.cell()));
    if (!shard.equals(context.getCurrentKey())) {
      context.setCurrentKey(shard);
    }
    blocks.setCurrentNamespace(key.toBytes());
    return blocks;
  }
}
