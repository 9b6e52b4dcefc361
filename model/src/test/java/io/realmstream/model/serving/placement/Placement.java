package io.realmstream.model.serving.placement;

import io.realmstream.model.index.partition.Centroids;
import io.realmstream.model.index.partition.Partition;
import io.realmstream.model.index.partition.PartitionChunk;
import io.realmstream.model.index.partition.PartitionEvent;
import io.realmstream.model.index.partition.PartitionHead;
import io.realmstream.model.index.partition.PartitionId;
import io.realmstream.model.index.partition.ProbeLimit;
import io.realmstream.model.index.partition.table.PartitionAssembly;
import io.realmstream.model.index.partition.table.PartitionTable;
import io.realmstream.model.serving.EndedVersions;
import io.realmstream.model.serving.RepublishedShard;
import io.realmstream.model.serving.RetiredVersions;
import io.realmstream.model.serving.Sharding;
import io.realmstream.model.serving.Versioned;
import io.realmstream.model.state.HeapTable;
import io.realmstream.model.state.Table;
import java.util.ArrayList;
import java.util.List;

/** A document shard's placement on the heap, and what the cells and the trainer are told. */
final class Placement {
  static final int SHARDS = 4;
  static final long DELETE_DELAY_MS = 1_500;
  static final PartitionId TRAINED = new PartitionId(1, 1);

  final PartitionTable partitions = new PartitionTable();
  final List<CellUpdate> updates = new ArrayList<>();
  final List<Sample> samples = new ArrayList<>();
  final PlacedPassages.Tables placed =
      new PlacedPassages.Tables(HeapTable.byText(), HeapTable.byText(), HeapTable.byText());
  final AssignedShard.Tables tables =
      new AssignedShard.Tables(HeapTable.byText(), HeapTable.byText(), HeapTable.byText());
  final PlacedPassages passages =
      new PlacedPassages(
          placed,
          new PassageCounts(new HeapTable<>(), 100, samples::add),
          new PlacedPassages.Cells(new Sharding(SHARDS), partitions, updates::add));

  /** A partition of two cells. */
  final Partition trained =
      Partition.of(new Centroids(new float[] {1, 0, 0, 0, 1, 0}, 2), new ProbeLimit(1, .5f));

  AssignedShard shard() {
    List<Table<? extends Versioned, ?>> forgotten = new ArrayList<>(tables.all());
    forgotten.addAll(passages.tables());
    EndedVersions ended = new EndedVersions(new HeapTable<>());
    return new AssignedShard(
        tables,
        passages,
        new AssignedShard.Ends(
            ended,
            new RetiredVersions(new HeapTable<>(), ended, forgotten),
            new RepublishedShard(new HeapTable<>(), HeapTable.byText(), tables.held())),
        DELETE_DELAY_MS);
  }

  /** A trained partition is to be filled; its centroids are not put together yet. */
  void announce() {
    PartitionChunk.of(trained)
        .forEach(chunk -> partitions.apply(PartitionEvent.chunk(TRAINED, chunk)));
    partitions.apply(PartitionEvent.fill(TRAINED, 5, PartitionHead.of(trained, 60_000)));
  }

  /** Its centroids are there. */
  void assemble() {
    for (PartitionAssembly next = partitions.toAssemble();
        next != null;
        next = partitions.toAssemble()) {
      partitions.assembled(next.id(), next.assemble());
    }
  }

  List<CellUpdate> takeUpdates() {
    List<CellUpdate> taken = List.copyOf(updates);
    updates.clear();
    return taken;
  }
}
