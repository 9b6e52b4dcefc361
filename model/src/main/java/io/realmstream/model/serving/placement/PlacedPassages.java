package io.realmstream.model.serving.placement;

import io.realmstream.model.index.partition.Partition;
import io.realmstream.model.index.partition.PartitionId;
import io.realmstream.model.index.partition.table.PartitionEntry;
import io.realmstream.model.index.partition.table.PartitionTable;
import io.realmstream.model.serving.Sharding;
import io.realmstream.model.serving.Versioned;
import io.realmstream.model.serving.VersionedPassage;
import io.realmstream.model.serving.placement.CellUpdate.Copy;
import io.realmstream.model.serving.placement.CellUpdate.Place;
import io.realmstream.model.state.Table;
import io.realmstream.model.state.Walk;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.vectors.PassageInsert;
import io.realmstream.schemas.vectors.PassageVectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A shard's passages and the cells that they are in, and the walks that bring them into a new
 * partition.
 *
 * <p>State, by shard: one entry a passage in a cell, its vector with it ({@code passages}); one a
 * trained partition that is filled ({@code filled}); that of {@link WaitingPassages} and of {@link
 * PassageCounts}.
 */
public final class PlacedPassages {
  private static final float[] NO_VECTOR = {};

  /** Passages that a slice of a walk places, each at the price of a look at all centroids. */
  private static final int PLACED_PER_SLICE = 32;

  /** Passages that a slice of a walk looks at. */
  private static final int SEEN_PER_SLICE = 512;

  private final Sharding shards;
  private final PartitionTable partitions;
  private final PassageCounts counts;
  private final Consumer<CellUpdate> updates;
  private final Table<VersionedPassage, AssignedPassage> passages;
  private final WaitingPassages waiting;
  private final Table<PartitionId, Boolean> filled;
  private final Map<Integer, Map<PartitionId, Walk<VersionedPassage>>> walks = new HashMap<>();

  /**
   * What it has in tables of its own.
   *
   * @param passages by passage that is in a cell
   * @param filled by trained partition that is filled
   * @param waiting see {@link WaitingPassages}
   */
  public record Tables(
      Table<VersionedPassage, AssignedPassage> passages,
      Table<PartitionId, Boolean> filled,
      Table<VersionedPassage, Hash128> waiting) {}

  /**
   * The cells that there are.
   *
   * @param partitions those in use, as of now
   * @param updates takes what the cells are told
   */
  public record Cells(Sharding shards, PartitionTable partitions, Consumer<CellUpdate> updates) {}

  public PlacedPassages(Tables tables, PassageCounts counts, Cells cells) {
    passages = tables.passages();
    filled = tables.filled();
    waiting = new WaitingPassages(tables.waiting());
    this.counts = counts;
    shards = cells.shards();
    partitions = cells.partitions();
    updates = cells.updates();
  }

  /** What is to be forgotten by version. */
  public List<Table<? extends Versioned, ?>> tables() {
    return List.of(passages, waiting.table());
  }

  /** Tells a cell shard something. */
  void tell(CellUpdate update) {
    updates.accept(update);
  }

  PassageCounts counts() {
    return counts;
  }

  /** Whether a passage was sent to its cells in that revision, bit for bit. */
  boolean has(PassageVectors record, PassageInsert insert) {
    AssignedPassage known = passages.get(new VersionedPassage(record.version(), insert.uid()));
    return known != null
        && known.revision() == record.revision().number()
        && Arrays.equals(known.vector(), insert.vector());
  }

  /**
   * Sends a passage to its cell in every partition that its version has. While the centroids of one
   * are awaited it waits.
   */
  void insert(PassageVectors record, PassageInsert insert) {
    VersionedPassage passage = new VersionedPassage(record.version(), insert.uid());
    AssignedPassage known = passages.get(passage);
    AssignedPassage now =
        new AssignedPassage(
            record.document(),
            record.revision().number(),
            insert.vector(),
            known == null ? new int[0] : known.partitions(),
            known == null ? new int[0] : known.cells());
    if (partitions.isAwaited(record.version())) {
      passages.put(passage, now);
      waiting.add(passage, record.revision().edit());
    } else {
      place(passage, now, record.revision().edit(), record.shard());
    }
    counts.count(passage, known == null ? 1 : 0, record.shard(), insert.vector());
  }

  private void place(VersionedPassage passage, AssignedPassage known, Hash128 edit, int number) {
    List<Integer> live = partitions.live(passage.version());
    AssignedPassage now =
        new AssignedPassage(
            known.document(), known.revision(), known.vector(), new int[0], new int[0]);
    for (int copy = 0; copy < live.size(); copy++) {
      int partition = live.get(copy);
      int cell = cell(passage, partition, known.vector());
      if (partition != Partition.FLAT) {
        now = now.alsoIn(partition, cell);
        int before = known.cellIn(partition);
        if (before != AssignedPassage.NOWHERE && before != cell) {
          // the same text, but another machine's vector
          updates.accept(CellUpdate.delete(passage, now, place(partition, before, number)));
        }
      }
      updates.accept(
          CellUpdate.insert(
              passage, now, place(partition, cell, number), new Copy(copy, live.size(), edit)));
    }
    passages.put(passage, now);
  }

  /** Deletes a passage of the shard of that number from its cells. */
  void delete(VersionedPassage passage, long revision, int number) {
    removals(passage, revision, number).forEach(updates);
    if (passages.contains(passage)) {
      passages.remove(passage);
      counts.count(passage, -1, number, NO_VECTOR);
    }
  }

  /** Tells the cells of a passage that it will be deleted. */
  void announceDelete(VersionedPassage passage, long revision, int number) {
    for (CellUpdate removal : removals(passage, revision, number)) {
      updates.accept(removal.announced());
    }
  }

  /** What deletes a passage from its cells. */
  private List<CellUpdate> removals(VersionedPassage passage, long revision, int number) {
    AssignedPassage known = passages.get(passage);
    if (known == null) {
      return List.of();
    }
    AssignedPassage gone = known.at(revision);
    List<CellUpdate> removals = new ArrayList<>();
    for (int partition : partitions.live(passage.version())) {
      int cell = partition == Partition.FLAT ? shards.of(passage.uid()) : known.cellIn(partition);
      if (cell != AssignedPassage.NOWHERE) {
        removals.add(CellUpdate.delete(passage, gone, place(partition, cell, number)));
      }
    }
    return removals;
  }

  /**
   * What a slice of a walk came to.
   *
   * @param more whether there is more to walk
   * @param placed passages that came into a new partition
   */
  record Walked(boolean more, int placed) {}

  /**
   * Takes a slice of a walk of the shard. A walk may rest while its shard changes; what changes
   * meanwhile is placed by its edit. After a restore a walk starts over and skips what is placed.
   */
  Walked walk(int number) {
    if (placeWaiting(number)) {
      return new Walked(true, 0);
    }
    Map<PartitionId, Walk<VersionedPassage>> open =
        walks.computeIfAbsent(number, any -> new HashMap<>());
    PartitionId id = unfilled();
    if (id == null) {
      open.clear();
      return new Walked(false, 0);
    }
    open.keySet().removeIf(other -> !other.equals(id));
    Walk<VersionedPassage> walk = open.computeIfAbsent(id, any -> new Walk<>(passages));
    int walked = 0;
    for (int seen = 0; seen < SEEN_PER_SLICE && walked < PLACED_PER_SLICE; seen++) {
      VersionedPassage passage = walk.next();
      if (passage == null) {
        open.remove(id);
        filled.put(id, true);
        for (int cellShard : shards.all()) {
          updates.accept(CellUpdate.filled(id, cellShard, number));
        }
        return new Walked(true, walked);
      }
      if (passage.version() == id.version() && fill(passage, id.partition(), number)) {
        walked++;
      }
    }
    return new Walked(true, walked);
  }

  /** Places some of those that need not wait any more; returns whether there are more. */
  private boolean placeWaiting(int number) {
    var some = waiting.take(number, PLACED_PER_SLICE, SEEN_PER_SLICE, partitions::isAwaited);
    for (Map.Entry<VersionedPassage, Hash128> passage : some.entrySet()) {
      AssignedPassage known = passages.get(passage.getKey());
      if (known != null) {
        place(passage.getKey(), known, passage.getValue(), number);
      }
    }
    return waiting.hasMore(number);
  }

  /** Less is awaited than before: {@link #walk} is to be called until it says no. */
  void lookAgain() {
    waiting.lookAgain();
  }

  /** Tells the cell shard of that number, and whoever trains partitions, of a version's end. */
  void retire(int shard, int version) {
    for (int number : partitions.live(version)) {
      PartitionId id = new PartitionId(version, number);
      filled.remove(id);
      updates.accept(CellUpdate.drop(id, shard, cells(id)));
    }
    counts.end(version, shard);
  }

  private int cells(PartitionId id) {
    PartitionEntry entry = partitions.entry(id);
    return entry == null ? shards.count() : entry.head().cells();
  }

  /** Forgets that a partition was filled. */
  void forget(PartitionId id) {
    filled.remove(id);
  }

  /** The first partition that has its centroids and still lacks passages of the shard. */
  private @Nullable PartitionId unfilled() {
    for (int version : partitions.versions()) {
      for (int partition : partitions.live(version)) {
        PartitionId id = new PartitionId(version, partition);
        boolean isWaitedFor = partition == Partition.FLAT || partitions.isAwaited(id);
        if (!isWaitedFor && !filled.contains(id)) {
          return id;
        }
      }
    }
    return null;
  }

  private boolean fill(VersionedPassage passage, int partition, int number) {
    AssignedPassage known = passages.get(passage);
    if (known == null || known.cellIn(partition) != AssignedPassage.NOWHERE) {
      return false;
    }
    int cell = cell(passage, partition, known.vector());
    passages.put(passage, known.alsoIn(partition, cell));
    // nobody waits for it: answers come from the old partition until this one is filled
    updates.accept(
        CellUpdate.insert(passage, known, place(partition, cell, number), Copy.UNAWAITED));
    return true;
  }

  private int cell(VersionedPassage passage, int number, float[] vector) {
    PartitionId id = new PartitionId(passage.version(), number);
    Partition partition = partitions.get(id);
    // where centroids are lost all cells are searched
    return partition == null ? shards.of(passage.uid()) % cells(id) : partition.cellOf(vector);
  }

  private Place place(int partition, int cell, int number) {
    return new Place(partition, shards.ofCell(cell), cell, number);
  }
}
