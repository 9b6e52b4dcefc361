package io.realmstream.model.index.partition;

import io.realmstream.model.index.partition.PartitionEntry.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The partitions of all versions, folded from the partitions topic: all who fold it agree. Commands
 * must be those of the own run, see {@link PartitionEvent}. An event that does not fit, for
 * instance for a partition whose chunks are not all there, is ignored.
 *
 * <p>Every version has the flat partition until another one is alone.
 */
public final class PartitionTable {
  private final Map<Integer, NavigableMap<Integer, PartitionEntry>> entries = new HashMap<>();
  private final Map<PartitionId, Partition> assembled = new HashMap<>();

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
    NavigableMap<Integer, PartitionEntry> partitions = of(event.version());
    if (event.kind() == PartitionEvent.Kind.OVER) {
      return forget(event.version());
    }
    PartitionEntry before = partitions.getOrDefault(event.partition(), PartitionEntry.NEW);
    PartitionEntry after = after(before, event);
    boolean outlived =
        partitions.tailMap(event.partition(), false).values().stream()
            .anyMatch(PartitionTable::isAlone);
    if (after.equals(before) || outlived) {
      return List.of();
    }
    entries.put(event.version(), partitions);
    List<PartitionId> changed = new ArrayList<>(List.of(event.id()));
    if (isAlone(after)) {
      Map<Integer, PartitionEntry> gone = partitions.headMap(event.partition());
      gone.keySet().forEach(partition -> changed.add(new PartitionId(event.version(), partition)));
      gone.clear();
      changed.forEach(assembled::remove);
    }
    partitions.put(event.partition(), after);
    return changed;
  }

  private List<PartitionId> forget(int version) {
    List<PartitionId> gone = new ArrayList<>();
    of(version).keySet().forEach(partition -> gone.add(new PartitionId(version, partition)));
    gone.forEach(assembled::remove);
    entries.remove(version);
    return gone;
  }

  private static PartitionEntry after(PartitionEntry before, PartitionEvent event) {
    PartitionChunk chunk = event.chunk();
    if (chunk != null) {
      return before.with(chunk);
    }
    PartitionHead head = event.head();
    if (head != null) {
      return before.filling(head);
    }
    Stage next = event.kind() == PartitionEvent.Kind.SERVE ? Stage.SERVING : Stage.ALONE;
    return before.isComplete() && before.stage().compareTo(next) < 0 ? before.at(next) : before;
  }

  /** What there is to keep of a partition over a restart; null = nothing. */
  public @Nullable PartitionEntry entry(PartitionId id) {
    return of(id.version()).get(id.partition());
  }

  /** The partition with its centroids; null for the flat one and for what is not complete. */
  public @Nullable Partition get(PartitionId id) {
    PartitionEntry entry = entry(id);
    if (entry == null || !entry.isComplete()) {
      return null;
    }
    return assembled.computeIfAbsent(id, any -> entry.partition());
  }

  /** The partitions whose cells hold or are to hold a version's vectors, ascending. */
  public List<Integer> live(int version) {
    List<Integer> live = new ArrayList<>();
    NavigableMap<Integer, PartitionEntry> partitions = of(version);
    if (partitions.values().stream().noneMatch(PartitionTable::isAlone)) {
      live.add(Partition.FLAT);
    }
    partitions.forEach(
        (partition, entry) -> {
          if (entry.isComplete()) {
            live.add(partition);
          }
        });
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

  /** How many partitions lack chunks. */
  public int incomplete() {
    return (int)
        entries.values().stream()
            .flatMap(partitions -> partitions.values().stream())
            .filter(entry -> !entry.isComplete())
            .count();
  }

  private static boolean isAlone(PartitionEntry entry) {
    return entry.stage() == Stage.ALONE;
  }

  private NavigableMap<Integer, PartitionEntry> of(int version) {
    NavigableMap<Integer, PartitionEntry> known = entries.get(version);
    return known == null ? new TreeMap<>() : known;
  }
}
