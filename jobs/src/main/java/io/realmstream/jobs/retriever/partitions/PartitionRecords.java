package io.realmstream.jobs.retriever.partitions;

import io.realmstream.jobs.OutboundRecord;
import io.realmstream.model.index.partition.PartitionChunk;
import io.realmstream.model.index.partition.PartitionCodec;
import io.realmstream.model.index.partition.PartitionEvent;
import io.realmstream.model.index.partition.PartitionEvent.Kind;
import io.realmstream.model.index.partition.PartitionId;
import java.util.ArrayList;
import java.util.List;

/** Records for the partitions topic. */
public final class PartitionRecords {
  private PartitionRecords() {}

  public static OutboundRecord of(PartitionEvent event) {
    PartitionChunk chunk = event.chunk();
    byte[] key = PartitionCodec.key(event.kind(), event.id(), chunk == null ? 0 : chunk.number());
    return OutboundRecord.byKey(key, PartitionCodec.encode(event));
  }

  /** Takes what was said of a partition off the topic. */
  public static List<OutboundRecord> without(PartitionId gone, int chunks) {
    List<OutboundRecord> records = withoutChunks(gone, chunks);
    for (Kind kind : List.of(Kind.FILL, Kind.SERVE, Kind.ALONE)) {
      records.add(without(kind, gone, 0));
    }
    return records;
  }

  /** Takes a partition's first chunks off the topic. */
  static List<OutboundRecord> withoutChunks(PartitionId gone, int chunks) {
    List<OutboundRecord> records = new ArrayList<>();
    for (int chunk = 0; chunk < chunks; chunk++) {
      records.add(without(Kind.CHUNK, gone, chunk));
    }
    return records;
  }

  /** Takes one record off the topic. */
  public static OutboundRecord without(Kind kind, PartitionId gone, int chunk) {
    return new OutboundRecord(
        OutboundRecord.BY_KEY, PartitionCodec.key(kind, gone, chunk), null, List.of());
  }
}
