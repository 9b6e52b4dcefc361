package io.realmstream.jobs.retriever;

import io.realmstream.model.index.partition.PartitionId;
import io.realmstream.model.version.EndedIndexes;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.jspecify.annotations.Nullable;

/**
 * What a cell shard knows of partitions: which document shards have brought all that they had into
 * a new one, and which old ones are gone or going.
 *
 * <p>State, by cell shard: a bit a document shard for each partition that is being filled ({@code
 * filledBy}); one entry a partition whose cells are being dropped ({@code dropping}) and one a
 * version that ever dropped one ({@code oldest}), until the version had its time; and the state of
 * {@link EndedVersions}.
 */
final class CellPartitions {
  private final int shards;
  private final MapState<PartitionId, long[]> filledBy;
  private final MapState<PartitionId, Dropping> dropping;
  private final MapState<Integer, Integer> oldest;
  private final EndedVersions ended;

  /** The same as {@code oldest} on the heap, since every probe and update asks. */
  private final Map<ShardVersion, Integer> known = new HashMap<>();

  private record ShardVersion(int shard, int version) {}

  CellPartitions(RuntimeContext context, int shards) {
    this.shards = shards;
    filledBy =
        context.getMapState(
            new MapStateDescriptor<>(
                "filledBy",
                TypeInformation.of(PartitionId.class),
                PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO));
    dropping =
        context.getMapState(
            new MapStateDescriptor<>("dropping", PartitionId.class, Dropping.class));
    oldest = context.getMapState(new MapStateDescriptor<>("oldest", Integer.class, Integer.class));
    ended = new EndedVersions(context);
  }

  /** Takes in that a document shard is through; returns whether all are. */
  boolean filled(PartitionId id, int documentShard) throws Exception {
    long[] before = filledBy.get(id);
    BitSet through = before == null ? new BitSet() : BitSet.valueOf(before);
    through.set(documentShard);
    filledBy.put(id, through.toLongArray());
    return through.cardinality() == shards;
  }

  /** Begins to drop a partition of that many cells; it and all before it are gone for everybody. */
  void drop(PartitionId id, int cellShard, int cells) throws Exception {
    filledBy.remove(id);
    dropping.put(id, new Dropping(cells, cellShard));
    if (ended.contains(cellShard, id.version())) {
      return; // all of it is gone anyway
    }
    Integer before = oldest.get(id.version());
    int next = id.partition() + 1;
    oldest.put(id.version(), before == null ? next : Math.max(before, next));
    known.remove(new ShardVersion(cellShard, id.version()));
  }

  /**
   * Takes in which versions had their time: every partition of them, present or to come, is gone.
   *
   * @return those that are news
   */
  List<Integer> retire(int cellShard, @Nullable EndedIndexes more) throws Exception {
    List<Integer> over = ended.add(cellShard, more == null ? EndedIndexes.NONE : more);
    for (int version : over) {
      oldest.remove(version);
      known.remove(new ShardVersion(cellShard, version));
    }
    List<PartitionId> all = new ArrayList<>();
    filledBy.keys().forEach(all::add);
    for (PartitionId id : all) {
      if (over.contains(id.version())) {
        filledBy.remove(id);
      }
    }
    return over;
  }

  /** Whether a version had its time, and its cells are dropped. */
  boolean isForgotten(int cellShard, int version) throws Exception {
    if (!ended.contains(cellShard, version)) {
      return false;
    }
    for (PartitionId id : dropping.keys()) {
      if (id.version() == version) {
        return false;
      }
    }
    return true;
  }

  /** Whether a partition had its time on the shard whose key is current. */
  boolean isGone(int cellShard, PartitionId id) throws Exception {
    if (ended.contains(cellShard, id.version())) {
      return true;
    }
    ShardVersion key = new ShardVersion(cellShard, id.version());
    Integer first = known.get(key);
    if (first == null) {
      Integer stored = oldest.get(id.version());
      first = stored == null ? Integer.valueOf(0) : stored;
      known.put(key, first);
    }
    return id.partition() < first;
  }

  /** A partition whose cells are still to be dropped, with the next of them; null = none. */
  Map.@Nullable Entry<PartitionId, Dropping> next() throws Exception {
    for (Map.Entry<PartitionId, Dropping> entry : dropping.entries()) {
      return Map.entry(entry.getKey(), entry.getValue());
    }
    return null;
  }

  /** A cell is dropped; the shard has every {@code shards}-th. */
  void dropped(PartitionId id, Dropping cell) throws Exception {
    int next = cell.next() + shards;
    if (next < cell.cells()) {
      dropping.put(id, new Dropping(cell.cells(), next));
    } else {
      dropping.remove(id);
    }
  }
}
