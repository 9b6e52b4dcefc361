package io.realmstream.jobs.retriever;

import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.jobs.Shards;
import io.realmstream.jobs.StateTable;
import io.realmstream.model.index.partition.Partition;
import io.realmstream.model.index.partition.PartitionId;
import io.realmstream.model.index.partition.PartitionTable;
import io.realmstream.model.state.Walk;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.vectors.PassageInsert;
import io.realmstream.schemas.vectors.PassageVectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * A shard's passages and the cells that they are in, and the walks that bring them into a new
 * partition.
 *
 * <p>State, by shard: one entry a passage in a cell, its vector with it ({@code passages}); one a
 * trained partition that is filled ({@code filled}); one a version ({@code census}).
 */
final class PlacedPassages {
  private static final float[] NO_VECTOR = {};
  private static final Hash128 NO_UID = new Hash128(0, 0);

  /** Passages that a slice of a walk places, each at the price of a look at all centroids. */
  private static final int PLACED_PER_SLICE = 32;

  /** Passages that a slice of a walk looks at. */
  private static final int SEEN_PER_SLICE = 512;

  private final Shards shards;
  private final int sampleMax;
  private final PartitionTable partitions;
  private final Output<StreamRecord<CellUpdate>> output;
  private final MapState<VersionedPassage, AssignedPassage> passages;
  private final MapState<PartitionId, Boolean> filled;
  private final MapState<Integer, Census> census;
  private final Counter placed;
  private final Map<Integer, Map<PartitionId, Walk<VersionedPassage>>> walks = new HashMap<>();

  PlacedPassages(
      RuntimeContext context,
      AssignSettings settings,
      PartitionTable partitions,
      Output<StreamRecord<CellUpdate>> output) {
    this.shards = settings.shards();
    this.sampleMax = settings.sampleMax();
    this.partitions = partitions;
    this.output = output;
    passages =
        context.getMapState(
            new MapStateDescriptor<>("passages", VersionedPassage.class, AssignedPassage.class));
    filled =
        context.getMapState(new MapStateDescriptor<>("filled", PartitionId.class, Boolean.class));
    census = context.getMapState(new MapStateDescriptor<>("census", Integer.class, Census.class));
    placed = new OperatorMetrics(context.getMetricGroup()).counter("walked");
  }

  /** The passages, to be forgotten by version. */
  MapState<VersionedPassage, AssignedPassage> state() {
    return passages;
  }

  /** Whether a passage was sent to its cells in that revision, bit for bit. */
  boolean has(PassageVectors record, PassageInsert insert) throws Exception {
    AssignedPassage known = passages.get(new VersionedPassage(record.version(), insert.uid()));
    return known != null
        && known.revision() == record.revision()
        && Arrays.equals(known.vector(), insert.vector());
  }

  /** Sends a passage to its cell in every partition that its version has. */
  void insert(PassageVectors record, PassageInsert insert) throws Exception {
    VersionedPassage passage = new VersionedPassage(record.version(), insert.uid());
    AssignedPassage known = passages.get(passage);
    List<Integer> live = partitions.live(record.version());
    AssignedPassage now =
        new AssignedPassage(
            record.document(), record.revision(), insert.vector(), new int[0], new int[0]);
    for (int copy = 0; copy < live.size(); copy++) {
      int partition = live.get(copy);
      int cell = cell(passage, partition, insert.vector());
      if (partition != Partition.FLAT) {
        now = now.alsoIn(partition, cell);
        int before = known == null ? AssignedPassage.NOWHERE : known.cellIn(partition);
        if (before != AssignedPassage.NOWHERE && before != cell) {
          // the same text, but another machine's vector
          send(removal(passage, now, Target.of(partition, before), record.shard()));
        }
      }
      Target target = new Target(partition, cell, copy, live.size(), record.edit());
      insert(passage, now, target, record.shard());
    }
    passages.put(passage, now);
    count(passage, known == null ? 1 : 0, record.shard(), insert.vector());
  }

  /** Deletes a passage of the shard of that number from its cells. */
  void delete(VersionedPassage passage, long revision, int number) throws Exception {
    removals(passage, revision, number).forEach(this::send);
    if (passages.contains(passage)) {
      passages.remove(passage);
      count(passage, -1, number, NO_VECTOR);
    }
  }

  /** Tells the cells of a passage that it will be deleted. */
  void doom(VersionedPassage passage, long revision, int number) throws Exception {
    for (CellUpdate removal : removals(passage, revision, number)) {
      send(removal.announced());
    }
  }

  /** What deletes a passage from its cells. */
  private List<CellUpdate> removals(VersionedPassage passage, long revision, int number)
      throws Exception {
    AssignedPassage known = passages.get(passage);
    if (known == null) {
      return List.of();
    }
    AssignedPassage gone = known.at(revision);
    List<CellUpdate> removals = new ArrayList<>();
    for (int partition : partitions.live(passage.version())) {
      int cell = partition == Partition.FLAT ? shards.of(passage.uid()) : known.cellIn(partition);
      if (cell != AssignedPassage.NOWHERE) {
        removals.add(removal(passage, gone, Target.of(partition, cell), number));
      }
    }
    return removals;
  }

  /**
   * Takes a slice of a walk of the shard. A walk may rest while its shard changes; what changes
   * meanwhile is placed by its edit. After a restore a walk starts over and skips what is placed.
   *
   * @return whether there is more to walk
   */
  boolean walk(int number) throws Exception {
    Map<PartitionId, Walk<VersionedPassage>> open =
        walks.computeIfAbsent(number, any -> new HashMap<>());
    PartitionId id = unfilled();
    if (id == null) {
      open.clear();
      return false;
    }
    open.keySet().removeIf(other -> !other.equals(id));
    Walk<VersionedPassage> walk = open.get(id);
    if (walk == null) {
      walk = new Walk<>(new StateTable<>(passages));
      open.put(id, walk);
    }
    int walked = 0;
    for (int seen = 0; seen < SEEN_PER_SLICE && walked < PLACED_PER_SLICE; seen++) {
      VersionedPassage passage = walk.next();
      if (passage == null) {
        open.remove(id);
        filled.put(id, true);
        for (int cellShard : shards.all()) {
          send(CellUpdate.filled(id, cellShard, number));
        }
        return true;
      }
      if (passage.version() == id.version() && place(passage, id.partition(), number)) {
        walked++;
      }
    }
    placed.inc(walked);
    return true;
  }

  /** Tells the cell shard of that number, and whoever trains partitions, of a version's end. */
  void retire(int shard, int version) throws Exception {
    for (int number : partitions.live(version)) {
      PartitionId id = new PartitionId(version, number);
      filled.remove(id);
      send(CellUpdate.drop(id, shard, cells(id)));
    }
    census.remove(version);
    Sample end = new Sample(version, shard, Census.OVER, NO_UID, NO_VECTOR);
    output.collect(Outputs.SAMPLES, new StreamRecord<>(end));
  }

  private int cells(PartitionId id) {
    Partition partition = partitions.get(id);
    return partition == null ? shards.count() : partition.cells();
  }

  /** Forgets that a partition was filled. */
  void forget(PartitionId id) throws Exception {
    filled.remove(id);
  }

  /** The first partition that has its centroids and still lacks passages of the shard. */
  private @Nullable PartitionId unfilled() throws Exception {
    for (int version : partitions.versions()) {
      for (int partition : partitions.live(version)) {
        PartitionId id = new PartitionId(version, partition);
        if (partition != Partition.FLAT && !filled.contains(id)) {
          return id;
        }
      }
    }
    return null;
  }

  private boolean place(VersionedPassage passage, int partition, int number) throws Exception {
    AssignedPassage known = passages.get(passage);
    if (known == null || known.cellIn(partition) != AssignedPassage.NOWHERE) {
      return false;
    }
    int cell = cell(passage, partition, known.vector());
    passages.put(passage, known.alsoIn(partition, cell));
    // nobody waits for it: answers come from the old partition until this one is filled
    insert(passage, known, Target.of(partition, cell), number);
    return true;
  }

  private int cell(VersionedPassage passage, int number, float[] vector) {
    Partition partition = partitions.get(new PartitionId(passage.version(), number));
    return partition == null ? shards.of(passage.uid()) : partition.cellOf(vector);
  }

  private void count(VersionedPassage passage, int change, int number, float[] vector)
      throws Exception {
    Census before = census.get(passage.version());
    Census now = (before == null ? Census.NONE : before).plus(change, sampleMax);
    if (change != 0) {
      census.put(passage.version(), now);
    }
    if (now.samples(passage.uid())) {
      Sample sample = new Sample(passage.version(), number, now, passage.uid(), vector);
      output.collect(Outputs.SAMPLES, new StreamRecord<>(sample));
    }
  }

  /** Where an update goes, and which of how many copies of an insert it is, of which edit. */
  private record Target(int partition, int cell, int copy, int copies, Hash128 edit) {
    /** Nobody waits for it. */
    static Target of(int partition, int cell) {
      return new Target(partition, cell, 0, 0, PassageVectors.NO_EDIT);
    }
  }

  private void insert(VersionedPassage passage, AssignedPassage now, Target target, int number) {
    send(
        new CellUpdate(
            CellUpdate.Kind.INSERT,
            passage.version(),
            target.partition(),
            shards.ofCell(target.cell()),
            target.cell(),
            passage.uid(),
            now.revision(),
            target.edit(),
            number,
            now.document(),
            now.vector(),
            target.copy(),
            target.copies(),
            null));
  }

  private CellUpdate removal(
      VersionedPassage passage, AssignedPassage gone, Target target, int number) {
    return new CellUpdate(
        CellUpdate.Kind.DELETE,
        passage.version(),
        target.partition(),
        shards.ofCell(target.cell()),
        target.cell(),
        passage.uid(),
        gone.revision(),
        PassageVectors.NO_EDIT,
        number,
        gone.document(),
        NO_VECTOR,
        0,
        0,
        null);
  }

  private void send(CellUpdate update) {
    output.collect(new StreamRecord<>(update));
  }
}
