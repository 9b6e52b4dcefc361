package io.realmstream.jobs.retriever;

import io.realmstream.jobs.OutboundRecord;
import io.realmstream.model.index.partition.PartitionChunk;
import io.realmstream.model.index.partition.PartitionCodec;
import io.realmstream.model.index.partition.PartitionEvent;
import io.realmstream.model.index.partition.PartitionEvent.Kind;
import io.realmstream.model.index.partition.PartitionId;
import java.util.List;

/** Records for the partitions topic. */
final class PartitionRecords {
  private PartitionRecords() {}

  static OutboundRecord of(PartitionEvent event) {
    PartitionChunk chunk = event.chunk();
    byte[] key = PartitionCodec.key(event.kind(), event.id(), chunk == null ? 0 : chunk.number());
    return OutboundRecord.byKey(key, PartitionCodec.encode(event));
  }

  /** Takes a chunk of a partition off the topic. */
  static OutboundRecord without(PartitionId gone, int chunk) {
    return new OutboundRecord(
        OutboundRecord.BY_KEY, PartitionCodec.key(Kind.CHUNK, gone, chunk), null, List.of());
  }
}
