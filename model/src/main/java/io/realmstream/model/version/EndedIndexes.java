package io.realmstream.model.version;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which indexes had their time, as far as somebody knows. An index that had its time never comes
 * back, so what two know can be joined in any order.
 *
 * <p>Bounded however many versions there were: those up to the newest had their time, but for the
 * few that are live.
 *
 * @param newest the newest version that the log has told of; 0 = none
 * @param live of the versions up to that, those whose index is written; ascending
 * @param ahead of those behind it, the newest {@value #AHEAD_MAX} that are known to have ended, by
 *     another way than the log; ascending
 */
public record EndedIndexes(int newest, List<Integer> live, List<Integer> ahead) {
  public static final EndedIndexes NONE = new EndedIndexes(0, List.of(), List.of());

  /** The log tells of the others in its time. */
  static final int AHEAD_MAX = 64;

  public EndedIndexes {
    live = List.copyOf(live);
    ahead = List.copyOf(ahead);
  }

  /** What the version log says. */
  public static EndedIndexes of(VersionTable table) {
    return new EndedIndexes(
        table.count(), table.indexes().stream().map(VersionEntry::version).toList(), List.of());
  }

  /** What a word about one index says. */
  public static EndedIndexes only(int index) {
    return new EndedIndexes(0, List.of(), List.of(index));
  }

  /** Whether an index had its time. */
  public boolean contains(int index) {
    return index <= newest ? !live.contains(index) : ahead.contains(index);
  }

  /** What both know together. */
  public EndedIndexes and(EndedIndexes other) {
    int last = Math.max(newest, other.newest);
    List<Integer> stillLive =
        union(live, other.live)
            .filter(index -> !contains(index) && !other.contains(index))
            .toList();
    List<Integer> further = union(ahead, other.ahead).filter(index -> index > last).toList();
    return new EndedIndexes(
        last, stillLive, further.subList(Math.max(0, further.size() - AHEAD_MAX), further.size()));
  }

  /**
   * The indexes that had their time since less was known, and may have been written: the log is
   * read step by step, so that each that was ever written was live first.
   */
  public List<Integer> since(EndedIndexes before) {
    return union(before.live, ahead)
        .filter(index -> contains(index) && !before.contains(index))
        .toList();
  }

  private static Stream<Integer> union(Collection<Integer> some, Collection<Integer> others) {
    TreeSet<Integer> all = new TreeSet<>(some);
    all.addAll(others);
    return all.stream();
  }
}
