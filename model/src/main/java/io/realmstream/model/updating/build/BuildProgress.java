package io.realmstream.model.updating.build;

import io.realmstream.model.updating.Shard;
import io.realmstream.model.updating.backlog.WorkQueue;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How far the versions that one subtask writes have got, counted in documents; written by the
 * task's thread, read by the reporters'.
 */
public final class BuildProgress {
  /**
   * Of one version.
   *
   * @param done documents that it has
   * @param left documents that it lacks
   * @param secondsLeft at the pace since this process began with it; 0 = none left, -1 = unknown
   * @param progressMs when the rebuild got on last, or was first counted, in epoch ms; 0 = never.
   *     Edits that come and go are none of it
   */
  public record Numbers(long done, long left, long secondsLeft, long progressMs) {
    public static final Numbers NONE = new Numbers(0, 0, 0, 0);
  }

  private record Start(long atMs, long done) {}

  /**
   * What tells that a version got on: its walks have seen more, or fewer documents wait than ever
   * since they did. An edit only adds to those that wait, until it is done.
   */
  private record Rebuild(long seen, long waiting) {
    private static final Rebuild NONE = new Rebuild(0, 0);

    private Rebuild plus(long moreSeen, long moreWaiting) {
      return new Rebuild(seen + moreSeen, waiting + moreWaiting);
    }

    private boolean isBehind(Rebuild other) {
      return other.seen > seen || other.waiting < waiting;
    }
  }

  private final VersionWalks walks;
  private final WorkQueue queue;
  private final Map<Integer, Start> starts = new HashMap<>();
  private final Map<Integer, Rebuild> rebuilds = new HashMap<>();
  private final Map<Integer, Long> progress = new HashMap<>();
  private final Map<Integer, Numbers> known = new ConcurrentHashMap<>();

  public BuildProgress(VersionWalks walks, WorkQueue queue) {
    this.walks = walks;
    this.queue = queue;
  }

  /**
   * Counts anew.
   *
   * @return versions that are counted for the first time
   */
  public Set<Integer> look(long nowMs) {
    Map<Integer, Numbers> now = new HashMap<>();
    Map<Integer, Rebuild> got = new HashMap<>();
    for (Shard shard : walks.shards()) {
      for (VersionWalk walk : walks.of(shard)) {
        long done = done(walk);
        long waiting = walk.phase.builds() ? queue.tasks(shard) : 0;
        got.merge(
            walk.version,
            Rebuild.NONE.plus(walk.seen, waiting),
            (a, b) -> a.plus(b.seen(), b.waiting()));
        now.merge(
            walk.version,
            new Numbers(done, shard.live() - done, 0, nowMs),
            (a, b) -> new Numbers(a.done() + b.done(), a.left() + b.left(), 0, nowMs));
      }
    }
    Set<Integer> begun = new TreeSet<>(now.keySet());
    begun.removeAll(known.keySet());
    got.forEach((version, rebuild) -> getOn(version, rebuild, nowMs));
    now.forEach((version, numbers) -> keep(version, numbers, nowMs));
    known.keySet().stream()
        .filter(version -> !now.containsKey(version))
        .forEach(version -> known.put(version, Numbers.NONE));
    return begun;
  }

  public Numbers of(int version) {
    return known.getOrDefault(version, Numbers.NONE);
  }

  private void keep(int version, Numbers numbers, long nowMs) {
    Start start = starts.computeIfAbsent(version, any -> new Start(nowMs, numbers.done()));
    long secondsLeft = 0;
    if (numbers.left() > 0) {
      long done = numbers.done() - start.done();
      secondsLeft = done == 0 ? -1 : numbers.left() * (nowMs - start.atMs()) / done / 1_000;
    }
    long progressMs = progress.getOrDefault(version, nowMs);
    known.put(version, new Numbers(numbers.done(), numbers.left(), secondsLeft, progressMs));
  }

  private void getOn(int version, Rebuild now, long nowMs) {
    Rebuild before = rebuilds.get(version);
    if (before == null || before.isBehind(now)) {
      rebuilds.put(version, now);
      progress.put(version, nowMs);
    } else if (now.seen() < before.seen()) {
      rebuilds.put(version, now); // a walk began anew
    }
  }

  /** A document that waits is not done, even if only another version lacks it. */
  private long done(VersionWalk walk) {
    long documents = walk.shard.live();
    return switch (walk.phase) {
      case RETIRE -> 0;
      case COMPLETE -> documents;
      case BUILD, LATE -> {
        long seen = walk.lastSequence == null ? Math.min(walk.seen, documents) : documents;
        yield Math.max(0, seen - queue.tasks(walk.shard));
      }
    };
  }
}
