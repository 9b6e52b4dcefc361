package io.realmstream.jobs.updater;

import io.realmstream.model.version.VersionEntry;
import io.realmstream.schemas.vectors.ShardComplete;
import io.realmstream.schemas.vectors.ShardRetired;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The versions that one subtask writes: their encoders, and the walks that bring every shard's
 * documents up to them.
 */
final class WrittenVersions {
  private final Embedding.Context context;
  private final DocumentStates states;
  private final Encoders encoders;
  private final Walks walks;
  private final SelfChecks checks;
  private Collection<Shard> shards = List.of();

  WrittenVersions(Embedding.Context context, Encoders encoders, Walks walks, SelfChecks checks) {
    this.context = context;
    this.states = context.states();
    this.encoders = encoders;
    this.walks = walks;
    this.checks = checks;
  }

  /**
   * A version that a document lacks.
   *
   * @param before what of the document is published there
   * @param mayWait whether it is built behind the one that answers and its walk still goes on: it
   *     will not answer before all tasks that exist now are done
   */
  record Lacking(
      int version, Encoders.Opened encoder, @Nullable PublishedDocument before, boolean mayWait) {}

  /** Takes up what a restored state says. */
  void open(Collection<Shard> shards) {
    this.shards = shards;
    for (Shard shard : shards) {
      shard.walks.values().forEach(this::resume);
    }
  }

  /** Takes in a shard's new version table; the Flink key is the shard's. */
  void update(Shard shard) throws Exception {
    if (shard.isNew && !shard.table.versions().isEmpty()) {
      tellRetired(shard);
    }
    for (VersionEntry entry : shard.table.indexes()) {
      if (!shard.walks.containsKey(entry.version())) {
        begin(new VersionWalk(shard, entry.version(), VersionWalk.Phase.BUILD));
      }
    }
    for (VersionWalk walk : List.copyOf(shard.walks.values())) {
      pauseOrResume(walk);
      if (!shard.table.isIndexWritten(walk.version) && walk.phase != VersionWalk.Phase.RETIRE) {
        walks.cancel(walk);
        begin(new VersionWalk(shard, walk.version, VersionWalk.Phase.RETIRE));
        // behind it nothing is published in the version any more: see isWritten
        context.output().shard(shard.number, new ShardRetired(walk.version, shard.number));
      } else {
        passByWhenFailing(walk);
      }
    }
    boolean isComplete =
        shard.walks.values().stream().anyMatch(walk -> walk.phase == VersionWalk.Phase.COMPLETE);
    if (isComplete && !lags(shard)) {
      states.untaken(shard, null); // a version that was LATE is gone
    }
  }

  /** A run whose state is lost may not have come to tell that these had their time. */
  private void tellRetired(Shard shard) {
    shard.isNew = false;
    for (VersionEntry entry : shard.table.versions()) {
      if (entry.builds() && !shard.table.isIndexWritten(entry.version())) {
        context.output().shard(shard.number, new ShardRetired(entry.version(), shard.number));
      }
    }
  }

  /** Starts the walks that waited for the encoder, or lets edits pass by the version. */
  void encoderEnded(int version) throws Exception {
    for (Shard shard : shards) {
      VersionWalk walk = shard.walks.get(version);
      if (walk != null) {
        pauseOrResume(walk);
        context.key().accept(shard.key);
        passByWhenFailing(walk);
      }
    }
  }

  /**
   * Edits do not wait for a complete version whose tower fails to open while another one answers:
   * they pass it by, and are found by a walk when the tower has opened. What waits already passes
   * it by, too. The Flink key is the shard's.
   */
  private void passByWhenFailing(VersionWalk walk) throws Exception {
    Shard shard = walk.shard;
    if (walk.phase == VersionWalk.Phase.COMPLETE
        && encoders.isFailing(walk.version)
        && isBehind(shard, walk.version)) {
      begin(new VersionWalk(shard, walk.version, VersionWalk.Phase.LATE));
      for (Map.Entry<String, Long> pending : states.pending()) {
        note(shard, pending.getValue());
      }
    }
  }

  /** Notes an edit if a version lacks it then that should have it; the Flink key is the shard's. */
  void note(Shard shard, long timestamp) throws Exception {
    boolean isLacked = lags(shard) || !takesEdits(shard);
    if (isLacked && (shard.untakenSince == null || timestamp < shard.untakenSince)) {
      states.untaken(shard, timestamp);
    }
  }

  /** The earlier of the timestamp and that of any edit so noted. */
  @Nullable Long earliest(@Nullable Long timestamp) {
    Long earliest = timestamp;
    for (Shard shard : shards) {
      Long untaken = shard.untakenSince;
      if (untaken != null && (earliest == null || untaken < earliest)) {
        earliest = untaken;
      }
    }
    return earliest;
  }

  /** Whether a version may still answer that edits have passed by. */
  private static boolean lags(Shard shard) {
    return shard.walks.values().stream().anyMatch(walk -> walk.phase == VersionWalk.Phase.LATE);
  }

  /**
   * Only the walk rests while a version is PAUSED, or while accepted edits are being read: edits
   * reach every version that is written.
   */
  private void pauseOrResume(VersionWalk walk) {
    if (!isUnderWay(walk)) {
      return;
    }
    if (walk.shard.table.isIndexPaused(walk.version) || !walk.shard.acceptedRead) {
      walks.cancel(walk);
    } else if (encoders.get(walk.version) != null) {
      walks.start(walk);
    }
  }

  /**
   * Whether a version takes a new edit now. If none does, a walk will find the edit; only a
   * complete shard has no walk to come.
   */
  boolean takesEdits(Shard shard) {
    return shard.walks.values().stream()
        .anyMatch(
            walk ->
                walk.phase == VersionWalk.Phase.COMPLETE
                    || (walk.builds() && encoders.get(walk.version) != null));
  }

  /**
   * Whether every complete version has its encoder open. After a restore that takes seconds, in
   * which edits wait; for the version that answers they wait as long as need be.
   */
  boolean isReady() {
    return encoders.areOpen()
        || shards.stream()
            .flatMap(shard -> shard.walks.values().stream())
            .noneMatch(
                walk ->
                    walk.phase == VersionWalk.Phase.COMPLETE && encoders.get(walk.version) == null);
  }

  /**
   * A version whose encoder is open and which lacks the wanted edit: the ACTIVE one before the
   * others, and last one that may wait; null = none.
   */
  @Nullable Lacking lacking(Shard shard, String id, WantedEdit wanted) throws Exception {
    Lacking first = null;
    for (VersionWalk walk : shard.walks.values()) {
      Encoders.Opened encoder = encoders.get(walk.version);
      if (walk.phase != VersionWalk.Phase.RETIRE && encoder != null) {
        PublishedDocument before = states.published(id, walk.version);
        boolean lacks = before == null || !before.handled().equals(wanted.state());
        boolean mayWait = isBehind(shard, walk.version) && isUnderWay(walk);
        if (lacks && (first == null || first.mayWait() || isActive(shard, walk.version))) {
          first = new Lacking(walk.version, encoder, before, mayWait);
        }
      }
    }
    return first;
  }

  /**
   * A version in which the document is to be published once more, as it is published there; null =
   * none. Where only an earlier revision is published, nothing but that can be said.
   */
  @Nullable Lacking again(Task task, WantedEdit wanted) throws Exception {
    for (int version : List.copyOf(task.again)) {
      Encoders.Opened encoder = encoders.get(version);
      PublishedDocument published = states.published(task.id, version);
      if (encoder != null && published != null && isWritten(task.shard, version)) {
        if (wanted.state().equals(published.published())) {
          return new Lacking(version, encoder, published, false);
        }
        context.publisher().name(task.shard, task.id, version, published);
      }
      task.again.remove(version);
    }
    return null;
  }

  /** Whether a version is built behind another that answers, which it must not slow down much. */
  static boolean isBehind(Shard shard, int version) {
    return shard.table.active() != null && !isActive(shard, version);
  }

  private static boolean isUnderWay(VersionWalk walk) {
    return walk.builds() && walk.lastSequence == null;
  }

  private static boolean isActive(Shard shard, int version) {
    VersionEntry active = shard.table.active();
    return active != null && active.index() == version;
  }

  boolean isWritten(Shard shard, int version) {
    VersionWalk walk = shard.walks.get(version);
    return walk != null && walk.phase != VersionWalk.Phase.RETIRE;
  }

  /**
   * Checks, then announces the walks of a shard of which no task is left; leaves the Flink key
   * behind.
   */
  void completeWalks(Shard shard) throws Exception {
    for (VersionWalk walk : shard.walks.values()) {
      Long last = walk.lastSequence;
      if (walk.builds() && last != null && shard.isDoneUpTo(last)) {
        context.key().accept(shard.key);
        if (!lags(shard)) {
          states.untaken(shard, null);
        }
        if (checks.passes(walk)) {
          states.complete(walk);
          if (!lags(shard)) {
            states.untaken(shard, null);
          }
          context.output().shard(shard.number, new ShardComplete(walk.version, shard.number));
        }
      }
    }
  }

  /** Closes the encoders of versions that nobody writes any more, unless they are in use. */
  void release(IntPredicate inUse) {
    for (int version : encoders.versions()) {
      if (!inUse.test(version) && shards.stream().noneMatch(shard -> isWritten(shard, version))) {
        encoders.drop(version);
      }
    }
  }

  private void begin(VersionWalk walk) throws Exception {
    states.begin(walk);
    resume(walk);
  }

  private void resume(VersionWalk walk) {
    if (walk.phase == VersionWalk.Phase.RETIRE) {
      walks.start(walk);
      return;
    }
    VersionEntry entry = walk.shard.table.get(walk.version);
    if (entry == null) {
      throw new IllegalStateException("version " + walk.version + " is not in the table");
    }
    encoders.want(walk.version, entry.checkpoint().documentTower());
    pauseOrResume(walk);
  }
}
