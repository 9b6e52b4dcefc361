package io.realmstream.jobs.retriever;

import io.realmstream.model.index.partition.PartitionEntry;
import io.realmstream.model.index.partition.PartitionEvent;
import io.realmstream.model.index.partition.PartitionId;
import io.realmstream.model.index.partition.PartitionTable;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;

/** The table of partitions, kept over a restart in broadcast state. */
final class PartitionState {
  static final MapStateDescriptor<PartitionId, PartitionEntry> DESCRIPTOR =
      new MapStateDescriptor<>("partitions", PartitionId.class, PartitionEntry.class);

  private final PartitionTable table = new PartitionTable();

  /** Takes up what was kept. */
  PartitionState(BroadcastState<PartitionId, PartitionEntry> kept) throws Exception {
    for (Map.Entry<PartitionId, PartitionEntry> entry : kept.entries()) {
      table.restore(entry.getKey(), entry.getValue());
    }
  }

  PartitionTable table() {
    return table;
  }

  /** Takes in an event, and keeps what it changes. */
  void apply(PartitionEvent event, BroadcastState<PartitionId, PartitionEntry> kept)
      throws Exception {
    List<PartitionId> changed = table.apply(event);
    for (PartitionId id : changed) {
      PartitionEntry entry = table.entry(id);
      if (entry == null) {
        kept.remove(id);
      } else {
        kept.put(id, entry);
      }
    }
  }
}
