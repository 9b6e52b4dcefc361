package io.realmstream.model.transport;

import io.realmstream.schemas.vectors.ShardPosition;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much of what the updater sent to one document shard has come: tells a record that follows
 * what came before from one behind a gap.
 *
 * <p>Records are numbered from 1 in each run of the updater, and the first of a run names the
 * record that the run goes on from, as its restored state knows it. A run may go on from before
 * what an earlier one sent last: that is no gap, since it sends again what it does not know to be
 * sent. So the last numbers of several runs are remembered.
 */
public final class ShardProgress {
  /** Of the latest runs; one that goes on from an older run counts as a gap, which is safe. */
  static final int RUNS_MAX = 16;

  /** By run, in the order in which the runs were first seen. */
  private final Map<Long, Long> reached = new LinkedHashMap<>();

  /** How many records came. */
  private long records;

  /**
   * Takes in a record.
   *
   * @param follows what it names as the end of the run before, if it is the first of its run
   * @return whether nothing was lost in front of it
   */
  public boolean take(ShardPosition position, @Nullable ShardPosition follows) {
    boolean whole = follows(position, follows);
    reached.merge(position.run(), position.number(), Math::max);
    records++;
    if (reached.size() > RUNS_MAX) {
      Iterator<Long> eldest = reached.keySet().iterator();
      eldest.next();
      eldest.remove();
    }
    return whole;
  }

  private boolean follows(ShardPosition position, @Nullable ShardPosition follows) {
    Long before = reached.get(position.run());
    if (before != null) {
      return position.number() <= before + 1;
    }
    if (position.number() > 1) {
      return false;
    }
    return follows == null ? reached.isEmpty() : hasReached(follows);
  }

  /** Whether a record, or one behind it in its run, has come. */
  public boolean hasReached(ShardPosition position) {
    Long number = reached.get(position.run());
    return number != null && number >= position.number();
  }

  /**
   * Notes that what was sent up to here is lost, and known to be: it is not missed again.
   *
   * @param position of a record that did not come
   */
  public void skip(ShardPosition position) {
    reached.merge(position.run(), position.number(), Math::max);
  }

  /** What is to be kept over a restart. */
  public ProgressEntry entry(int shard) {
    List<ShardPosition> positions = new ArrayList<>();
    reached.forEach((run, number) -> positions.add(new ShardPosition(shard, run, number)));
    return new ProgressEntry(shard, records, positions);
  }

  /** Takes up what was kept, unless it is older than what is known. */
  public void restore(ProgressEntry entry) {
    if (entry.records() > records) {
      records = entry.records();
      reached.clear();
      entry.reached().forEach(position -> reached.put(position.run(), position.number()));
    }
  }
}
