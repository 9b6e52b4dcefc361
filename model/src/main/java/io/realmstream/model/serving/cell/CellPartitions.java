package io.realmstream.model.serving.cell;

import io.realmstream.model.index.partition.PartitionId;
import io.realmstream.model.serving.EndedVersions;
import io.realmstream.model.state.Table;
import io.realmstream.model.version.EndedIndexes;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
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
public final class CellPartitions {
  private final int shards;
  private final Table<PartitionId, long[]> filledBy;
  private final Table<PartitionId, Dropping> dropping;
  private final Table<Integer, Integer> oldest;
  private final EndedVersions ended;

  /** The same as {@code oldest} on the heap, since every probe and update asks. */
  private final Map<ShardVersion, Integer> known = new HashMap<>();

  private record ShardVersion(int shard, int version) {}

  /**
   * What it has in tables of its own.
   *
   * @param filledBy by partition that is being filled: a bit a document shard
   * @param dropping by partition whose cells are being dropped
   * @param oldest by version: the first partition that is not gone
   */
  public record Tables(
      Table<PartitionId, long[]> filledBy,
      Table<PartitionId, Dropping> dropping,
      Table<Integer, Integer> oldest) {}

  /**
   * @param shards how many document shards there are, and cell shards
   */
  public CellPartitions(Tables tables, EndedVersions ended, int shards) {
    filledBy = tables.filledBy();
    dropping = tables.dropping();
    oldest = tables.oldest();
    this.ended = ended;
    this.shards = shards;
  }

  /** Takes in that a document shard is through; returns whether all are. */
  public boolean filled(PartitionId id, int documentShard) {
    long[] before = filledBy.get(id);
    BitSet through = before == null ? new BitSet() : BitSet.valueOf(before);
    through.set(documentShard);
    filledBy.put(id, through.toLongArray());
    return through.cardinality() == shards;
  }

  /** Begins to drop a partition of that many cells; it and all before it are gone for everybody. */
  public void drop(PartitionId id, int cellShard, int cells) {
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
  public List<Integer> retire(int cellShard, @Nullable EndedIndexes more) {
    List<Integer> over = ended.add(cellShard, more == null ? EndedIndexes.NONE : more);
    for (int version : over) {
      oldest.remove(version);
      known.remove(new ShardVersion(cellShard, version));
    }
    List<PartitionId> all = new ArrayList<>();
    filledBy.keys().forEachRemaining(all::add);
    for (PartitionId id : all) {
      if (over.contains(id.version())) {
        filledBy.remove(id);
      }
    }
    return over;
  }

  /** Whether a version had its time, and its cells are dropped. */
  public boolean isForgotten(int cellShard, int version) {
    if (!ended.contains(cellShard, version)) {
      return false;
    }
    for (Iterator<PartitionId> ids = dropping.keys(); ids.hasNext(); ) {
      if (ids.next().version() == version) {
        return false;
      }
    }
    return true;
  }

  /** Whether a partition had its time on a shard. */
  public boolean isGone(int cellShard, PartitionId id) {
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
  public Map.@Nullable Entry<PartitionId, Dropping> next() {
    var entries = dropping.entries();
    return entries.hasNext() ? entries.next() : null;
  }

  /** A cell is dropped; the shard has every {@code shards}-th. */
  public void dropped(PartitionId id, Dropping cell) {
    int next = cell.next() + shards;
    if (next < cell.cells()) {
      dropping.put(id, new Dropping(cell.cells(), next));
    } else {
      dropping.remove(id);
    }
  }
}
