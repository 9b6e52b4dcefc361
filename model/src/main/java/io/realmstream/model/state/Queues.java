package io.realmstream.model.state;

import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A queue for each key, every element of which is an entry of its own: to add one costs the same
 * however many wait, where a list in one entry is written whole each time.
 *
 * @param <K> keys
 * @param <N> the place of an element: its key and its number
 * @param <V> elements
 */
public final class Queues<K, N, V> {
  /**
   * State: where a queue begins and ends.
   *
   * @param first number of its first element
   * @param next number that the next one gets
   */
  public record Ends(long first, long next) {}

  /** Names the place of an element. */
  @FunctionalInterface
  public interface Numbering<K, N> {
    /** The place of the element of that number. */
    N at(K key, long number);
  }

  private static final Ends EMPTY = new Ends(0, 0);

  private final Table<K, Ends> ends;
  private final Table<N, V> elements;
  private final Numbering<K, N> numbering;

  /**
   * @param ends one entry a queue that is not empty
   * @param elements one entry an element
   */
  public Queues(Table<K, Ends> ends, Table<N, V> elements, Numbering<K, N> numbering) {
    this.ends = ends;
    this.elements = elements;
    this.numbering = numbering;
  }

  /** Adds an element at the end; returns its number, which grows as long as the queue stands. */
  public long add(K key, V element) {
    Ends now = ends(key);
    elements.put(numbering.at(key, now.next()), element);
    ends.put(key, new Ends(now.first(), now.next() + 1));
    return now.next();
  }

  /** The number of the first element; of an empty queue larger than all there were. */
  public long first(K key) {
    Ends known = ends.get(key);
    return known == null ? Long.MAX_VALUE : known.first();
  }

  /**
   * The first element that a condition holds for; null = it holds for none.
   *
   * @param condition that holds for all elements behind one that it holds for
   */
  public @Nullable V first(K key, Predicate<V> condition) {
    Ends now = ends(key);
    long from = now.first();
    long to = now.next();
    V found = null;
    while (from < to) {
      long middle = (from + to) >>> 1;
      V element = elements.get(numbering.at(key, middle));
      if (element != null && condition.test(element)) {
        found = element;
        to = middle;
      } else {
        from = middle + 1;
      }
    }
    return found;
  }

  /**
   * Removes elements from the front.
   *
   * @param over takes each in turn with its number, and says whether it is to go; the first that is
   *     not ends it
   */
  public void removeWhile(K key, BiPredicate<Long, V> over) {
    Ends now = ends(key);
    long first = now.first();
    while (first < now.next()) {
      N place = numbering.at(key, first);
      V element = elements.get(place);
      if (element != null) {
        if (!over.test(first, element)) {
          break;
        }
        elements.remove(place);
      }
      first++;
    }
    if (first == now.next()) {
      ends.remove(key);
    } else if (first != now.first()) {
      ends.put(key, new Ends(first, now.next()));
    }
  }

  private Ends ends(K key) {
    Ends known = ends.get(key);
    return known == null ? EMPTY : known;
  }
}
