package io.realmstream.jobs.retriever;

import io.realmstream.model.version.EndedIndexes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;

/**
 * The versions that had their time, as a shard knows it; the key is the shard's. The version of a
 * record is to be looked up here first: what comes too late, a cell's acknowledgement for instance,
 * would bring back an entry that nobody forgets any more.
 *
 * <p>State, by shard: one entry ({@code ended}), whatever the number of versions.
 */
final class EndedVersions {
  private final ValueState<EndedIndexes> state;

  /** The same on the heap, since every record asks; by shard. */
  private final Map<Integer, EndedIndexes> known = new HashMap<>();

  EndedVersions(RuntimeContext context) {
    state = context.getState(new ValueStateDescriptor<>("ended", EndedIndexes.class));
  }

  /** Whether a version had its time on the shard of that number. */
  boolean contains(int shard, int version) throws Exception {
    return of(shard).contains(version);
  }

  /** What the shard of that number knows. */
  EndedIndexes of(int shard) throws Exception {
    EndedIndexes ended = known.get(shard);
    if (ended == null) {
      EndedIndexes stored = state.value();
      ended = stored == null ? EndedIndexes.NONE : stored;
      known.put(shard, ended);
    }
    return ended;
  }

  /** Takes in what somebody else knows; returns the versions that had their time thereby. */
  List<Integer> add(int shard, EndedIndexes more) throws Exception {
    EndedIndexes before = of(shard);
    EndedIndexes after = before.and(more);
    if (!after.equals(before)) {
      state.update(after);
      known.put(shard, after);
    }
    return after.since(before);
  }
}
