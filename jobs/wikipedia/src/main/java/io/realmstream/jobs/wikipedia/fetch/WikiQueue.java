package io.realmstream.jobs.wikipedia.fetch;

import io.realmstream.model.wikipedia.site.Wiki;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** The revisions of one wiki that are wanted, and those that wait for their requests. */
final class WikiQueue {
  static final int REVISIONS_MAX = 50;
  static final long COLLECT_MS = 250;

  private final Wiki wiki;
  private final HostBudget budget;
  private final PriorityQueue<Attempt> waiting =
      new PriorityQueue<>(
          Comparator.comparingLong(Attempt::readyMs).thenComparingLong(Attempt::number));
  private final Deque<Request> continuations = new ArrayDeque<>();

  /** The latest revision that is wanted of each page. Earlier ones are no longer fetched. */
  private final Map<String, Long> wanted = new HashMap<>();

  /**
   * A revision and its tries so far.
   *
   * @param readyMs when the next may begin
   * @param companions how many revisions a request with this one may have
   * @param number which came first, if all else is equal
   */
  record Attempt(WantedText wanted, int tries, long readyMs, int companions, long number) {
    Attempt again(int tries, long readyMs, int companions) {
      return new Attempt(wanted, tries, readyMs, companions, number);
    }
  }

  /**
   * A request.
   *
   * @param ids the revisions that it names; a continuation repeats those of its first request
   * @param open those that have no answer yet
   * @param further parameters of a continuation; empty = the first request
   */
  record Request(List<Long> ids, List<Attempt> open, Map<String, String> further) {}

  WikiQueue(Wiki wiki, HostBudget budget) {
    this.wiki = wiki;
    this.budget = budget;
  }

  Wiki wiki() {
    return wiki;
  }

  HostBudget budget() {
    return budget;
  }

  void add(Attempt attempt) {
    waiting.add(attempt);
  }

  /**
   * Adds the first attempt of a revision, which is wanted instead of any before of its page. While
   * a host is away its pages may be edited any number of times.
   */
  void want(Attempt first) {
    wanted.put(first.wanted().key(), first.wanted().documentRevision());
    add(first);
    if (size() > 2 * wanted.size() + REVISIONS_MAX) {
      waiting.removeIf(attempt -> !isWanted(attempt));
    }
  }

  /** Nothing is wanted of a page any more. */
  void forget(String key) {
    wanted.remove(key);
  }

  boolean isWanted(Attempt attempt) {
    Long latest = wanted.get(attempt.wanted().key());
    return latest != null && latest == attempt.wanted().documentRevision();
  }

  /** For how long the host has answered nothing of what is wanted; 0 = it answered last. */
  long unansweredMs(long nowMs) {
    return wanted.isEmpty() ? 0 : budget.silentMs(nowMs);
  }

  void addContinuation(Request request) {
    continuations.add(request);
  }

  int size() {
    return waiting.size() + continuations.stream().mapToInt(each -> each.open().size()).sum();
  }

  /**
   * The next request, if it may leave now. A full one leaves at once; others wait for more
   * revisions.
   */
  @Nullable Request next(long nowMs) {
    if (!budget.allows(nowMs)) {
      return null;
    }
    Request continuation = continuations.poll();
    if (continuation != null) {
      return continuation;
    }
    boolean due = nextMs() <= nowMs;
    return due ? collected(nowMs) : null;
  }

  /** When {@link #next} should be asked again; the far future if only an answer can change it. */
  long nextMs() {
    if (budget.inFlight() >= HostBudget.AT_ONCE_MAX) {
      return Long.MAX_VALUE;
    }
    if (!continuations.isEmpty()) {
      return budget.earliestMs();
    }
    Attempt first = waiting.peek();
    if (first == null) {
      return Long.MAX_VALUE;
    }
    boolean full = waiting.size() >= REVISIONS_MAX;
    return Math.max(budget.earliestMs(), first.readyMs() + (full ? 0 : COLLECT_MS));
  }

  private Request collected(long nowMs) {
    List<Attempt> batch = new ArrayList<>();
    int most = REVISIONS_MAX;
    Attempt first = waiting.peek();
    while (first != null && first.readyMs() <= nowMs && batch.size() < most) {
      most = Math.min(most, first.companions());
      if (batch.size() >= most) {
        break;
      }
      batch.add(waiting.remove());
      first = waiting.peek();
    }
    List<Long> ids = batch.stream().map(attempt -> attempt.wanted().revision()).toList();
    return new Request(ids, batch, Map.of());
  }
}
