package io.realmstream.jobs.wikipedia.pages;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** The pages whose texts wait, by when they are due. The texts themselves are in state. */
final class DuePages {
  private final PriorityQueue<Due> queue = new PriorityQueue<>(Comparator.comparingLong(Due::ms));

  /** By key. An entry of the queue with another time is void. */
  private final Map<String, Long> due = new HashMap<>();

  private record Due(String key, long ms) {}

  void put(String key, long ms) {
    due.put(key, ms);
    queue.add(new Due(key, ms));
  }

  void remove(String key) {
    due.remove(key);
  }

  /** The next page that is due, which then waits no more; null if there is none. */
  @Nullable String poll(long nowMs) {
    while (nextMs() <= nowMs) {
      Due first = queue.remove();
      if (isMeant(first)) {
        due.remove(first.key());
        return first.key();
      }
    }
    return null;
  }

  /** When the next is due, epoch ms; the far future if none waits. */
  long nextMs() {
    Due first = queue.peek();
    while (first != null && !isMeant(first)) {
      queue.remove();
      first = queue.peek();
    }
    return first == null ? Long.MAX_VALUE : first.ms();
  }

  boolean contains(String key) {
    return due.containsKey(key);
  }

  private boolean isMeant(Due entry) {
    Long ms = due.get(entry.key());
    return ms != null && ms == entry.ms();
  }
}
