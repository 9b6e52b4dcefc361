package io.realmstream.model.index.partition.table;

import io.realmstream.model.index.partition.Partition;
import io.realmstream.model.index.partition.PartitionChunk;
import io.realmstream.model.index.partition.PartitionEvent;
import io.realmstream.model.index.partition.PartitionEvent.Kind;
import io.realmstream.model.index.partition.PartitionHead;
import io.realmstream.model.index.partition.PartitionId;
import io.realmstream.model.index.partition.table.PartitionEntry.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The partitions of all versions, folded from the partitions topic: all who fold it agree. Commands
 * must be those of the own run, see {@link PartitionEvent}. An event that does not fit, for
 * instance for a partition whose chunks are not all there, is ignored.
 *
 * <p>Every version has the flat partition until another one is alone.
 *
 * <p>Which partitions are in use, and what names their centroids, is kept over a restart ({@link
 * #entry}). The centroids are not: after a restart the topic is read from its beginning, and each
 * partition in use is <em>awaited</em> until somebody has put its chunks together ({@link
 * #toAssemble}, {@link #assembled}), or until it is known to be <em>lost</em>: a run says FILL
 * behind all chunks that there are, of this partition and of those before it.
 */
public final class PartitionTable {
  private final Map<Integer, NavigableMap<Integer, PartitionEntry>> entries = new HashMap<>();
  private final PartitionChunks chunks = new PartitionChunks();
  private final Map<PartitionId, Partition> assembled = new HashMap<>();
  private final Set<PartitionId> inAssembly = new HashSet<>();
  private final Set<PartitionId> lost = new HashSet<>();

  /** Takes up what {@link #entry} gave before a restart. */
  public void restore(PartitionId id, PartitionEntry entry) {
    NavigableMap<Integer, PartitionEntry> partitions = of(id.version());
    partitions.put(id.partition(), entry);
    entries.put(id.version(), partitions);
  }

  /**
   * Takes in an event.
   *
   * @return the partitions whose {@link #entry} is another one now
   */
  public List<PartitionId> apply(PartitionEvent event) {
    PartitionId id = event.id();
    PartitionChunk chunk = event.chunk();
    if (event.kind() == Kind.OVER) {
      return forget(event.version());
    }
    if (isOutlived(id)) {
      return List.of();
    }
    if (chunk != null) {
      take(id, chunk);
      return List.of();
    }
    if (event.kind() == Kind.GONE) {
      if (entry(id) == null) {
        chunks.forget(id::equals);
      }
      return List.of();
    }
    PartitionHead head = event.head();
    List<PartitionId> changed = head == null ? advance(id, stage(event.kind())) : fill(id, head);
    noteLost(event);
    return changed;
  }

  /** Of a partition in use only the chunks of its digest, and those not once they are known. */
  private void take(PartitionId id, PartitionChunk chunk) {
    PartitionEntry entry = entry(id);
    boolean isKnown = assembled.containsKey(id) || inAssembly.contains(id);
    if (entry == null || (entry.head().digest().equals(chunk.digest()) && !isKnown)) {
      chunks.add(id, chunk);
    }
  }

  private List<PartitionId> fill(PartitionId id, PartitionHead head) {
    if (entry(id) != null || !chunks.isWhole(id, head.digest())) {
      return List.of();
    }
    restore(id, new PartitionEntry(Stage.FILLING, head));
    return List.of(id);
  }

  private static Stage stage(Kind command) {
    return command == Kind.SERVE ? Stage.SERVING : Stage.ALONE;
  }

  private List<PartitionId> advance(PartitionId id, Stage next) {
    PartitionEntry before = entry(id);
    if (before == null || before.stage().compareTo(next) >= 0) {
      return List.of();
    }
    restore(id, before.at(next));
    List<PartitionId> changed = new ArrayList<>(List.of(id));
    if (next == Stage.ALONE) {
      NavigableMap<Integer, PartitionEntry> gone = of(id.version()).headMap(id.partition(), false);
      gone.keySet().forEach(partition -> changed.add(new PartitionId(id.version(), partition)));
      gone.clear();
      release(other -> other.version() == id.version() && other.partition() < id.partition());
    }
    return changed;
  }

  /** All chunks that there are stand before a FILL, those of the partitions before it as well. */
  private void noteLost(PartitionEvent event) {
    if (event.kind() != Kind.FILL) {
      return;
    }
    for (Map.Entry<Integer, PartitionEntry> entry :
        of(event.version()).headMap(event.partition(), true).entrySet()) {
      PartitionId id = new PartitionId(event.version(), entry.getKey());
      if (isAwaited(id)
          && !inAssembly.contains(id)
          && !chunks.isWhole(id, entry.getValue().head().digest())) {
        lost.add(id);
      }
    }
  }

  private List<PartitionId> forget(int version) {
    List<PartitionId> gone = new ArrayList<>();
    of(version).keySet().forEach(partition -> gone.add(new PartitionId(version, partition)));
    entries.remove(version);
    release(id -> id.version() == version);
    return gone;
  }

  private void release(Predicate<PartitionId> gone) {
    chunks.forget(gone);
    assembled.keySet().removeIf(gone);
    inAssembly.removeIf(gone);
    lost.removeIf(gone);
  }

  /** A partition in use whose chunks are all there and that is not put together; null = none. */
  public @Nullable PartitionAssembly toAssemble() {
    for (PartitionId id : inUse()) {
      PartitionHead head = Objects.requireNonNull(entry(id)).head();
      boolean isNew = !assembled.containsKey(id) && !inAssembly.contains(id);
      if (isNew && chunks.isWhole(id, head.digest())) {
        inAssembly.add(id);
        lost.remove(id);
        return new PartitionAssembly(id, chunks.take(id, head.digest()));
      }
    }
    return null;
  }

  /** Takes over what came of {@link #toAssemble}, if it is still in use. */
  public void assembled(PartitionId id, Partition partition) {
    if (inAssembly.remove(id)) {
      assembled.put(id, partition);
    }
  }

  /** What there is to keep of a partition over a restart; null = nothing. */
  public @Nullable PartitionEntry entry(PartitionId id) {
    return of(id.version()).get(id.partition());
  }

  /** The partition with its centroids; null for the flat one, and while they are not known. */
  public @Nullable Partition get(PartitionId id) {
    return assembled.get(id);
  }

  /** Whether a partition is in use, and its centroids will be known later. */
  public boolean isAwaited(PartitionId id) {
    return entry(id) != null && !assembled.containsKey(id) && !lost.contains(id);
  }

  /** Whether a partition of the version is awaited. */
  public boolean isAwaited(int version) {
    return of(version).keySet().stream()
        .anyMatch(partition -> isAwaited(new PartitionId(version, partition)));
  }

  /** The partitions whose cells hold or are to hold a version's vectors, ascending. */
  public List<Integer> live(int version) {
    List<Integer> live = new ArrayList<>();
    NavigableMap<Integer, PartitionEntry> partitions = of(version);
    if (partitions.values().stream().noneMatch(PartitionTable::isAlone)) {
      live.add(Partition.FLAT);
    }
    live.addAll(partitions.keySet());
    return live;
  }

  /** The newest partition that queries of a version may be routed by. */
  public int serving(int version) {
    for (Map.Entry<Integer, PartitionEntry> entry : of(version).descendingMap().entrySet()) {
      if (entry.getValue().stage().compareTo(Stage.SERVING) >= 0) {
        return entry.getKey();
      }
    }
    return Partition.FLAT;
  }

  /** Every version that has an entry. */
  public List<Integer> versions() {
    return entries.keySet().stream().sorted().toList();
  }

  /** How many partitions lack chunks, or are not put together yet. */
  public int incomplete() {
    Set<PartitionId> known = new HashSet<>(inUse());
    known.removeAll(assembled.keySet());
    return known.size() + chunks.countWithout(known);
  }

  private List<PartitionId> inUse() {
    List<PartitionId> ids = new ArrayList<>();
    entries.forEach(
        (version, partitions) ->
            partitions.keySet().forEach(number -> ids.add(new PartitionId(version, number))));
    return ids;
  }

  private boolean isOutlived(PartitionId id) {
    return of(id.version()).tailMap(id.partition(), false).values().stream()
        .anyMatch(PartitionTable::isAlone);
  }

  private static boolean isAlone(PartitionEntry entry) {
    return entry.stage() == Stage.ALONE;
  }

  private NavigableMap<Integer, PartitionEntry> of(int version) {
    NavigableMap<Integer, PartitionEntry> known = entries.get(version);
    return known == null ? new TreeMap<>() : known;
  }
}
