package io.realmstream.model.updating.build;

import io.realmstream.model.updating.Shard;
import io.realmstream.model.updating.WalkPhase;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The walks of one subtask's shards, one a version that is written; their phases are state. */
public final class VersionWalks {
  private final Map<Shard, Map<Integer, VersionWalk>> walks = new LinkedHashMap<>();
  private final Map<Shard, Set<Integer>> held = new HashMap<>();

  /** Takes up what a restored state says. */
  public VersionWalks(Collection<Shard> shards) {
    for (Shard shard : shards) {
      Map<Integer, VersionWalk> restored = new TreeMap<>();
      for (Iterator<Map.Entry<Integer, WalkPhase>> i = shard.walks().entries(); i.hasNext(); ) {
        Map.Entry<Integer, WalkPhase> phase = i.next();
        restored.put(phase.getKey(), new VersionWalk(shard, phase.getKey(), phase.getValue()));
      }
      walks.put(shard, restored);
    }
  }

  /** The shards of the subtask. */
  public Collection<Shard> shards() {
    return walks.keySet();
  }

  /** A shard's, by version. */
  List<VersionWalk> of(Shard shard) {
    return List.copyOf(walks.getOrDefault(shard, Map.of()).values());
  }

  /** The walk of a version; null = it is not written. */
  @Nullable VersionWalk get(Shard shard, int version) {
    return walks.getOrDefault(shard, Map.of()).get(version);
  }

  /** A walk that begins, in place of the version's earlier one. */
  VersionWalk begin(Shard shard, int version, WalkPhase phase) {
    VersionWalk walk = new VersionWalk(shard, version, phase);
    walks.computeIfAbsent(shard, any -> new TreeMap<>()).put(version, walk);
    shard.walks().put(version, phase);
    return walk;
  }

  void complete(VersionWalk walk) {
    walk.phase = WalkPhase.COMPLETE;
    walk.shard.walks().put(walk.version, walk.phase);
  }

  void forget(VersionWalk walk) {
    walks.getOrDefault(walk.shard, Map.of()).remove(walk.version);
    walk.shard.walks().remove(walk.version);
  }

  /** Whether a version is written in a shard. */
  public boolean isWritten(Shard shard, int version) {
    VersionWalk walk = get(shard, version);
    return walk != null && walk.phase != WalkPhase.RETIRE;
  }

  /** Whether a shard is complete in a version. */
  public boolean isComplete(Shard shard, int version) {
    VersionWalk walk = get(shard, version);
    return walk != null && walk.phase == WalkPhase.COMPLETE;
  }

  /** Whether a version of a shard was complete, and edits pass it by. */
  public boolean isLate(Shard shard, int version) {
    VersionWalk walk = get(shard, version);
    return walk != null && walk.phase == WalkPhase.LATE;
  }

  /** Keeps versions of a shard from becoming complete until they are released. */
  public void hold(Shard shard, Collection<Integer> versions) {
    held.computeIfAbsent(shard, any -> new HashSet<>()).addAll(versions);
  }

  /** Lets versions of a shard become complete, and those that are not written any more go. */
  public void release(Shard shard, Collection<Integer> versions) {
    Set<Integer> waiting = held.getOrDefault(shard, Set.of());
    waiting.removeIf(version -> versions.contains(version) || !isWritten(shard, version));
  }

  /** The versions of the shard that are kept from becoming complete. */
  public Set<Integer> held(Shard shard) {
    return Set.copyOf(held.getOrDefault(shard, Set.of()));
  }

  boolean isHeld(VersionWalk walk) {
    return held(walk.shard).contains(walk.version);
  }

  /** Whether a version is LATE: edits of the shard were published without it. */
  boolean lags(Shard shard) {
    return of(shard).stream().anyMatch(walk -> walk.phase == WalkPhase.LATE);
  }

  /** No edit is lacking behind a walk any more, unless another version is LATE still. */
  void endUntaken(Shard shard) {
    if (!lags(shard)) {
      shard.untaken(null);
    }
  }
}
