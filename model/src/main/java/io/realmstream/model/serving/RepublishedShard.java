package io.realmstream.model.serving;

import io.realmstream.model.state.Table;
import io.realmstream.model.transport.NamedInRound;
import io.realmstream.schemas.vectors.ShardRound;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The republication of the shard whose key is current, as one operator follows it, and the walks
 * that find what it has not named. After a restore a walk starts over.
 *
 * <p>State, by shard: {@code round}, one entry while there is a republication; {@code named}, one
 * entry for each document that it has named until then.
 */
public final class RepublishedShard {
  private static final int SEEN_PER_SLICE = 512;

  private final NamedInRound<VersionedDocument> round;
  private final Map<Integer, NamedInRound<VersionedDocument>.Sweep> sweeps = new HashMap<>();

  /**
   * @param rounds one entry while there is a republication
   * @param named by document
   * @param documents where the operator may hold documents
   */
  public RepublishedShard(
      Table<Integer, NamedInRound.Round> rounds,
      Table<VersionedDocument, Long> named,
      List<Table<VersionedDocument, ?>> documents) {
    round = new NamedInRound<>(rounds, named, documents, VersionedDocument::version);
  }

  /** A record tells of a document. */
  public void name(VersionedDocument document) {
    round.name(document);
  }

  /** A record was lost; {@link #sweepSome} is to be called until it says no. */
  public void lose(int shard) {
    round.lose();
    sweeps.remove(shard);
  }

  /**
   * One of the two ends of a republication.
   *
   * @return whether it is the end of a whole one; then {@link #sweepSome} is to be called until it
   *     says no
   */
  public boolean take(ShardRound end) {
    sweeps.remove(end.shard());
    if (!end.ends()) {
      round.begin(end.round());
      return false;
    }
    return round.end(end.round(), end.versions());
  }

  /** Whether a republication has begun and is whole so far. */
  public boolean isUnderWay() {
    return round.isUnderWay();
  }

  /** Whether it has ended, and all that it has not named is gone; or there was none. */
  public boolean isSwept() {
    return round.isSwept();
  }

  /** Whether it has ended, and not all that it has not named is gone yet. */
  public boolean isSweeping() {
    return !round.isSwept() && !round.isUnderWay();
  }

  /**
   * Takes a slice of the walk.
   *
   * @param unnamed takes each document that is gone
   * @return whether there is more to walk
   */
  public boolean sweepSome(int shard, Consumer<VersionedDocument> unnamed) {
    boolean more =
        sweeps.computeIfAbsent(shard, any -> round.sweep()).some(SEEN_PER_SLICE, unnamed);
    if (!more) {
      sweeps.remove(shard);
    }
    return more;
  }
}
