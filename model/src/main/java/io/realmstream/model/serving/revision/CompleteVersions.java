package io.realmstream.model.serving.revision;

import io.realmstream.model.state.Table;
import io.realmstream.schemas.vectors.ShardComplete;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * In which versions a shard has all its documents, and which revisions on their way its freshness
 * waits for: those of the versions up to the newest complete one. A newer version is being built,
 * and no answer by it claims to be fresh. As long as none is complete, the first one answers, so
 * all are waited for.
 *
 * <p>State, by shard: one entry a version that is complete once its revisions on their way are
 * current ({@code completing}); one number ({@code newest-complete}).
 */
public final class CompleteVersions {
  private final Table<Integer, ShardComplete> completing;
  private final Table<Integer, Integer> newest;
  private final StagedRevisions staged;

  /**
   * @param completing by version
   * @param newest by shard
   * @param staged the shard's revisions on their way
   */
  public CompleteVersions(
      Table<Integer, ShardComplete> completing,
      Table<Integer, Integer> newest,
      StagedRevisions staged) {
    this.completing = completing;
    this.newest = newest;
    this.staged = staged;
  }

  /** All documents of the version have come. */
  public void add(ShardComplete complete) {
    completing.put(complete.version(), complete);
  }

  /** The version had its time. */
  public void remove(int version) {
    completing.remove(version);
  }

  /** Forgets which versions had all their documents come. */
  public void forget() {
    for (Iterator<Integer> versions = completing.keys(); versions.hasNext(); versions.remove()) {
      versions.next();
    }
  }

  /** Those that are complete now, and were not taken before. */
  public List<ShardComplete> take(int shard) {
    if (completing.isEmpty()) {
      return List.of();
    }
    List<ShardComplete> complete = new ArrayList<>();
    for (Iterator<Map.Entry<Integer, ShardComplete>> all = completing.entries(); all.hasNext(); ) {
      ShardComplete next = all.next().getValue();
      if (staged.isSettled(shard, next.version())) {
        complete.add(next);
      }
    }
    for (ShardComplete taken : complete) {
      completing.remove(taken.version());
      Integer known = newest.get(shard);
      newest.put(shard, known == null ? taken.version() : Math.max(known, taken.version()));
    }
    return complete;
  }

  /** Whether every revision that freshness waits for is current. */
  public boolean isSettled(int shard) {
    Integer upTo = newest.get(shard);
    return staged.isSettledUpTo(shard, upTo == null ? Integer.MAX_VALUE : upTo);
  }
}
