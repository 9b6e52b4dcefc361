package io.realmstream.jobs.retriever;

import io.realmstream.jobs.Shards;
import io.realmstream.model.index.BlockKey;
import io.realmstream.model.index.BlockStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.streaming.api.operators.KeyContext;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of all shards of a subtask, in Flink's state: a cell's shard becomes the current key
 * when it is not already. By keys packed as bytes, because a POJO's serializer takes longer than
 * the value.
 */
record KeyedBlocks(MapState<byte[], byte[]> blocks, KeyContext context, Shards shards)
    implements BlockStore {
  static final MapStateDescriptor<byte[], byte[]> STATE =
      new MapStateDescriptor<>(
          "blocks",
          PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO,
          PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

  @Override
  public byte @Nullable [] get(BlockKey key) {
    try {
      return of(key).get(key.toBytes());
    } catch (Exception e) {
      throw new IllegalStateException("cannot read " + key, e);
    }
  }

  @Override
  public void put(BlockKey key, byte[] value) {
    try {
      of(key).put(key.toBytes(), value);
    } catch (Exception e) {
      throw new IllegalStateException("cannot write " + key, e);
    }
  }

  @Override
  public void remove(BlockKey key) {
    try {
      of(key).remove(key.toBytes());
    } catch (Exception e) {
      throw new IllegalStateException("cannot remove " + key, e);
    }
  }

  private MapState<byte[], byte[]> of(BlockKey key) {
    Integer shard = shards.key(shards.ofCell(key.cell()));
    if (!shard.equals(context.getCurrentKey())) {
      context.setCurrentKey(shard);
    }
    return blocks;
  }
}
