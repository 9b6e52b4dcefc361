package io.realmstream.jobs.retriever;

import io.realmstream.model.index.BlockKey;
import io.realmstream.model.index.BlockStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.jspecify.annotations.Nullable;

/** The blocks of the shard whose key is current, in Flink's state. */
record KeyedBlocks(MapState<BlockKey, byte[]> blocks) implements BlockStore {
  static final MapStateDescriptor<BlockKey, byte[]> STATE =
      new MapStateDescriptor<>(
          "blocks",
          TypeInformation.of(BlockKey.class),
          PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

  @Override
  public byte @Nullable [] get(BlockKey key) {
    try {
      return blocks.get(key);
    } catch (Exception e) {
      throw new IllegalStateException("cannot read " + key, e);
    }
  }

  @Override
  public void put(BlockKey key, byte[] value) {
    try {
      blocks.put(key, value);
    } catch (Exception e) {
      throw new IllegalStateException("cannot write " + key, e);
    }
  }

  @Override
  public void remove(BlockKey key) {
    try {
      blocks.remove(key);
    } catch (Exception e) {
      throw new IllegalStateException("cannot remove " + key, e);
    }
  }
}
