package io.realmstream.jobs.retriever.partitions;

import io.realmstream.model.index.partition.PartitionEvent;
import io.realmstream.model.index.partition.PartitionId;
import io.realmstream.model.index.partition.table.PartitionEntry;
import io.realmstream.model.index.partition.table.PartitionTable;
import java.util.Map;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;

/**
 * The table of partitions. Which are in use, and their digests, is kept over a restart in broadcast
 * state; their centroids come again from the topic, and are put together beside the task's thread.
 */
public final class PartitionState implements AutoCloseable {
  public static final MapStateDescriptor<PartitionId, PartitionEntry> DESCRIPTOR =
      new MapStateDescriptor<>("partitions", PartitionId.class, PartitionEntry.class);

  private final PartitionTable table = new PartitionTable();
  private final PartitionAssemblies assemblies;

  /**
   * Takes up what was kept.
   *
   * @param uid of the operator
   */
  public PartitionState(String uid, BroadcastState<PartitionId, PartitionEntry> kept)
      throws Exception {
    assemblies = new PartitionAssemblies(uid);
    for (Map.Entry<PartitionId, PartitionEntry> entry : kept.entries()) {
      table.restore(entry.getKey(), entry.getValue());
    }
  }

  public PartitionTable table() {
    return table;
  }

  /** Takes in an event, and keeps what it changes. */
  public void apply(PartitionEvent event, BroadcastState<PartitionId, PartitionEntry> kept)
      throws Exception {
    for (PartitionId id : table.apply(event)) {
      PartitionEntry entry = table.entry(id);
      if (entry == null) {
        kept.remove(id);
      } else {
        kept.put(id, entry);
      }
    }
    assemblies.begin(table);
  }

  /** Takes over what has been put together; returns whether there was anything. */
  public boolean takeAssembled() {
    return assemblies.take(table);
  }

  /** Whether something is being put together. */
  public boolean isAssembling() {
    return assemblies.areUnderWay();
  }

  @Override
  public void close() {
    assemblies.close();
  }
}
