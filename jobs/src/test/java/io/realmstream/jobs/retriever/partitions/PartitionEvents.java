package io.realmstream.jobs.retriever.partitions;

import io.realmstream.model.index.partition.Centroids;
import io.realmstream.model.index.partition.Partition;
import io.realmstream.model.index.partition.PartitionChunk;
import io.realmstream.model.index.partition.PartitionEvent;
import io.realmstream.model.index.partition.PartitionHead;
import io.realmstream.model.index.partition.PartitionId;
import io.realmstream.model.index.partition.ProbeLimit;
import java.util.List;

/** A partition as the partitions topic tells of it. */
public final class PartitionEvents {
  /** More than one chunk holds. */
  public static final int MANY_CELLS = PartitionChunk.CENTROIDS + 1;

  private PartitionEvents() {}

  /** Cell i lies at i + 1 on a line; a query probes that many unless it says otherwise. */
  public static Partition line(int cells, int nprobe) {
    float[] rows = new float[2 * cells];
    for (int cell = 0; cell < cells; cell++) {
      rows[2 * cell] = cell + 1;
    }
    return Partition.of(new Centroids(rows, 1), ProbeLimit.of(nprobe));
  }

  /** Its centroids. */
  public static List<PartitionEvent> chunks(PartitionId id, Partition partition) {
    return PartitionChunk.of(partition).stream()
        .map(chunk -> PartitionEvent.chunk(id, chunk))
        .toList();
  }

  /** A run's word that it is to be filled. */
  public static PartitionEvent fill(PartitionId id, Partition partition) {
    return PartitionEvent.fill(id, 7, PartitionHead.of(partition, 100));
  }
}
