package io.realmstream.jobs.state;

import io.realmstream.model.transport.ProgressEntry;
import io.realmstream.model.transport.ShardProgress;
import io.realmstream.schemas.vectors.Heartbeat;
import io.realmstream.schemas.vectors.ShardPosition;
import io.realmstream.schemas.vectors.VectorRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.FunctionInitializationContext;

/**
 * State: how much of each document shard has come by the vectors topic, see {@link ShardProgress}.
 */
public final class ProgressState {
  private static final String NAME = "progress";

  private final ListState<ProgressEntry> state;
  private final Map<Integer, ShardProgress> progress = new HashMap<>();

  /** What Flink keeps of it. */
  public static ListState<ProgressEntry> kept(FunctionInitializationContext context)
      throws Exception {
    // union, since a partition may go to any subtask; of two entries of a shard the newer counts
    return context
        .getOperatorStateStore()
        .getUnionListState(new ListStateDescriptor<>(NAME, ProgressEntry.class));
  }

  /** Takes up what a restored state says. */
  public ProgressState(ListState<ProgressEntry> kept) throws Exception {
    state = kept;
    for (ProgressEntry entry : state.get()) {
      of(entry.shard()).restore(entry);
    }
  }

  /** Writes it into the snapshot that is being taken. */
  public void snapshot() throws Exception {
    List<ProgressEntry> entries = new ArrayList<>();
    progress.forEach((shard, reached) -> entries.add(reached.entry(shard)));
    state.update(entries);
  }

  /**
   * Takes in a record of a shard.
   *
   * @return whether nothing of the shard was lost in front of it
   */
  public boolean take(int shard, VectorRecord record) {
    ShardPosition position = record.position();
    return position == null || of(shard).take(position, record.follows());
  }

  /**
   * The shards of which a heartbeat names a record that did not come. It is not missed again.
   *
   * @param shards how many there are
   */
  public List<Integer> missed(Heartbeat heartbeat, int shards) {
    List<Integer> missed = new ArrayList<>();
    for (ShardPosition last : heartbeat.last()) {
      if (last.shard() < shards && !of(last.shard()).hasReached(last)) {
        of(last.shard()).skip(last);
        missed.add(last.shard());
      }
    }
    return missed;
  }

  private ShardProgress of(int shard) {
    return progress.computeIfAbsent(shard, unseen -> new ShardProgress());
  }
}
