package io.realmstream.model.index.partition.table;

import io.realmstream.model.index.partition.Partition;
import io.realmstream.model.index.partition.PartitionChunk;
import io.realmstream.model.index.partition.PartitionId;
import java.util.List;

/** A partition's chunks, all of them, to be put together on any thread. */
public final class PartitionAssembly {
  private final PartitionId id;
  private final List<PartitionChunk> chunks;

  PartitionAssembly(PartitionId id, List<PartitionChunk> chunks) {
    this.id = id;
    this.chunks = chunks;
  }

  public PartitionId id() {
    return id;
  }

  /** Takes some tenths of a second for a hundred thousand cells. */
  public Partition assemble() {
    return PartitionChunk.whole(chunks);
  }
}
