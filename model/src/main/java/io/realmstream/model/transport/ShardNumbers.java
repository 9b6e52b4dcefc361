package io.realmstream.model.transport;

import io.realmstream.schemas.vectors.ShardPosition;
import io.realmstream.schemas.vectors.VectorMessage;
import io.realmstream.schemas.vectors.VectorRecord;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the records that a run of the updater sends to one document shard. Its counterpart on the
 * readers' side is {@link ShardProgress}.
 */
public final class ShardNumbers {
  private final int shard;
  private final long run;
  private final @Nullable ShardPosition before;
  private long number;

  /**
   * Begins a run.
   *
   * @param run another than that of every run before
   * @param before the last record of the run that this one goes on from; null = there was none
   */
  public ShardNumbers(int shard, long run, @Nullable ShardPosition before) {
    this.shard = shard;
    this.run = run;
    this.before = before;
  }

  /**
   * The next record.
   *
   * @param again whether it is part of a republication
   */
  public VectorRecord next(VectorMessage message, boolean again) {
    number++;
    return new VectorRecord(
        message, new ShardPosition(shard, run, number), number == 1 ? before : null, again);
  }

  /** The last record, of this run or one before; null = none was ever sent. */
  public @Nullable ShardPosition last() {
    return number == 0 ? before : new ShardPosition(shard, run, number);
  }
}
