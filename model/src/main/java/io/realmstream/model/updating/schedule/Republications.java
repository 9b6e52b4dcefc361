package io.realmstream.model.updating.schedule;

import io.realmstream.model.document.DocumentState;
import io.realmstream.model.state.Walk;
import io.realmstream.model.updating.Republication;
import io.realmstream.model.updating.Shard;
import io.realmstream.model.updating.backlog.WorkQueue;
import io.realmstream.model.updating.build.VersionWalks;
import io.realmstream.model.updating.publish.Encoders;
import io.realmstream.model.updating.publish.Publisher;
import io.realmstream.model.version.VersionEntry;
import io.realmstream.schemas.vectors.ShardRound;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Publishes shards of one subtask once more, on request, a slice at a time: the deletions that are
 * remembered, then every document in every version that it is published in. Vectors are made from
 * the trunk outputs in state; no transformer runs unless one is missing there. Documents queue
 * behind edits, as rebuilds do.
 *
 * <p>A version whose tower fails to open keeps no other waiting: it is left out, and another
 * republication follows once its tower is open. Until then it does not become complete, for readers
 * may have lost what it was told before.
 */
public final class Republications {
  /** Documents and deletions looked at before other work has its turn. */
  private static final int SLICE = 256;

  private final Publisher publisher;
  private final WorkQueue queue;
  private final VersionWalks walks;
  private final Encoders encoders;

  /** By shard. */
  private final Map<Integer, Round> rounds = new TreeMap<>();

  /** Takes up what a restored state says. */
  public Republications(
      Publisher publisher, WorkQueue queue, VersionWalks walks, Encoders encoders) {
    this.publisher = publisher;
    this.queue = queue;
    this.walks = walks;
    this.encoders = encoders;
    for (Shard shard : walks.shards()) {
      Republication last = shard.republication();
      if (last.underWay()) {
        rounds.put(shard.number(), new Round(shard, last.round()));
        walks.hold(shard, indexes(shard)); // it may be the one for a version that was left out
      }
    }
  }

  /** Where the republication of a shard stands. */
  private static final class Round {
    final Shard shard;
    final long number;

    /** Whether it is for versions that were left out: then it waits until one can be opened. */
    boolean isForLeftOut;

    /** Those that are published once more; null = it has not begun. */
    @Nullable List<Integer> versions;

    @Nullable Walk<String> deletions;
    @Nullable Walk<String> documents;

    /** Last task that existed when all documents had been seen; null = they have not. */
    @Nullable Long lastSequence;

    Round(Shard shard, long number) {
      this.shard = shard;
      this.number = number;
    }
  }

  /**
   * Publishes a shard once more, unless that is under way; whoever has lost some of that asks
   * again.
   */
  void ask(Shard shard) {
    Round waiting = rounds.get(shard.number());
    if (waiting == null) {
      plan(shard);
    } else {
      waiting.isForLeftOut = false;
    }
  }

  private Round plan(Shard shard) {
    Republication next = new Republication(shard.republication().round() + 1, true);
    shard.republish(next);
    Round round = new Round(shard, next.round());
    rounds.put(shard.number(), round);
    return round;
  }

  boolean isIdle() {
    return rounds.isEmpty();
  }

  /** Whether there is something to do without anything else happening first. */
  boolean hasMore() {
    return rounds.values().stream()
        .anyMatch(
            round ->
                round.lastSequence == null ? queue.mayRebuild() && mayGoOn(round) : isDone(round));
  }

  /** Whether every document was seen, and no task is left that there was then. */
  private boolean isDone(Round round) {
    Long last = round.lastSequence;
    return last != null && queue.isDoneUpTo(round.shard, last);
  }

  /** A round that has not begun waits until the shard's documents are known, and for towers. */
  private boolean mayGoOn(Round round) {
    Shard shard = round.shard;
    List<Integer> indexes = indexes(shard);
    return round.versions != null
        || (shard.acceptedRead()
            && !indexes.isEmpty()
            && indexes.stream().allMatch(version -> isOpen(version) || isLeftOut(shard, version))
            && (!round.isForLeftOut || walks.held(shard).stream().anyMatch(this::isNoMoreFailing)));
  }

  private static List<Integer> indexes(Shard shard) {
    return shard.versions().indexes().stream().map(VersionEntry::version).toList();
  }

  private boolean isOpen(int version) {
    return encoders.get(version) != null;
  }

  /** One that answers and was never complete is waited for: nothing else says what it lacks. */
  private boolean isLeftOut(Shard shard, int version) {
    return encoders.isFailing(version) && (shard.isBehind(version) || walks.isLate(shard, version));
  }

  /** Whether its tower is open, or nobody writes it any more. */
  private boolean isNoMoreFailing(int version) {
    return !encoders.isFailing(version);
  }

  /**
   * Takes a slice; ends what is published.
   *
   * @return the shards of which a version need not wait any more to be complete
   */
  List<Shard> advance() {
    List<Shard> released = new ArrayList<>();
    int seen = 0;
    for (Round round : List.copyOf(rounds.values())) {
      while (seen < SLICE && round.lastSequence == null && queue.mayRebuild() && mayGoOn(round)) {
        next(round);
        seen++;
      }
      if (isDone(round)) {
        end(round);
        released.add(round.shard);
      }
    }
    return released;
  }

  private void next(Round round) {
    List<Integer> versions = round.versions;
    Walk<String> deletions = round.deletions;
    Walk<String> documents = round.documents;
    if (versions == null) {
      begin(round);
    } else if (deletions != null) {
      String id = deletions.next();
      round.deletions = id == null ? null : deletions;
      DocumentState deleted = id == null ? null : round.shard.tombstone(id);
      if (id != null && deleted != null) {
        for (int version : versions) {
          publisher.deleteAgain(round.shard, version, id, deleted);
        }
      }
    } else if (documents != null) {
      String id = documents.next();
      round.documents = id == null ? null : documents;
      if (id != null) {
        queue.republish(round.shard, id, versions);
      }
    } else {
      round.lastSequence = queue.lastSequence();
    }
  }

  private void begin(Round round) {
    List<Integer> versions = new ArrayList<>();
    List<Integer> leftOut = new ArrayList<>();
    for (int version : indexes(round.shard)) {
      (isOpen(version) ? versions : leftOut).add(version);
    }
    round.versions = versions;
    walks.hold(round.shard, leftOut);
    round.deletions = round.shard.deletions();
    round.documents = round.shard.documents();
    publisher.tell(
        round.shard,
        new ShardRound(round.shard.number(), round.number, false, List.of(), List.of()));
  }

  private void end(Round round) {
    Shard shard = round.shard;
    List<Integer> begun = round.versions == null ? List.of() : round.versions;
    List<Integer> versions =
        begun.stream().filter(version -> walks.isWritten(shard, version)).toList();
    // those that are newer than the round as well: all of them was published since
    List<Integer> complete =
        indexes(shard).stream().filter(version -> walks.isComplete(shard, version)).toList();
    publisher.tell(shard, new ShardRound(shard.number(), round.number, true, versions, complete));
    walks.release(shard, versions);
    if (!walks.held(shard).isEmpty()) {
      plan(shard).isForLeftOut = true;
    } else {
      shard.republish(new Republication(round.number, false));
      rounds.remove(shard.number());
    }
  }
}
