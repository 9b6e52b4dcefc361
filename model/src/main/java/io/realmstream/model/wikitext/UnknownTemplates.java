package io.realmstream.model.wikitext;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts the templates that the table does not have, over many pages, in bounded memory. When there
 * are too many names, the rarest are forgotten. So the count of a rare name may be too low; no
 * count is too high.
 */
public final class UnknownTemplates {
  /** A name and how often it occurred. */
  public record Count(String name, long count) {}

  /** The most frequent first, equal ones in alphabetical order. */
  private static final Comparator<Count> ORDER =
      Comparator.comparingLong(Count::count).reversed().thenComparing(Count::name);

  private final int namesMax;
  private final Map<String, Long> counts = new HashMap<>();

  /**
   * @param namesMax at least 2
   */
  public UnknownTemplates(int namesMax) {
    if (namesMax < 2) {
      throw new IllegalArgumentException("names: " + namesMax);
    }
    this.namesMax = namesMax;
  }

  /** Adds those of a page. */
  public void add(Map<String, Integer> page) {
    page.forEach((name, count) -> counts.merge(name, (long) count, Long::sum));
    if (counts.size() > namesMax) {
      List<Count> kept = top(namesMax / 2);
      counts.clear();
      kept.forEach(count -> counts.put(count.name(), count.count()));
    }
  }

  /** The most frequent, at most so many. */
  public List<Count> top(int namesMax) {
    return counts.entrySet().stream()
        .map(entry -> new Count(entry.getKey(), entry.getValue()))
        .sorted(ORDER)
        .limit(namesMax)
        .toList();
  }
}
