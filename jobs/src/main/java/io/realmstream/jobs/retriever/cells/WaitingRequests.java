package io.realmstream.jobs.retriever.cells;

import io.realmstream.model.index.kernel.Kernel;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The requests that wait: each for its other probes of this subtask, so that what is found on one
 * shard spares work on the next, and the whole ones for each other, so that four share the reading
 * of a block.
 *
 * <p>A lone request is searched as soon as its last probe is there. When another was at work within
 * the last {@value #QUIET_MS} ms, it waits until there are four whole ones, until nothing came or
 * was searched for that long, or, at worst, for {@value #WAIT_MS_MAX} ms: waiting while the
 * processor is busy with others costs nobody anything. So does one whose probes were torn apart by
 * a restore.
 *
 * <p>Bounded by what arrives in {@value #WAIT_MS_MAX} ms.
 */
public final class WaitingRequests {
  /** The clock's granularity is 1 ms: between one and two milliseconds of quiet. */
  static final int QUIET_MS = 2;

  static final int WAIT_MS_MAX = 20;

  private final Map<String, Waiting> byRequest = new LinkedHashMap<>();
  private int whole;
  private long oldestMs;
  private long busyMs = Long.MIN_VALUE / 2;

  private record Waiting(boolean isLone, int expected, List<Probe> probes) {
    boolean isWhole() {
      return probes.size() >= expected;
    }
  }

  /**
   * Takes a probe in.
   *
   * @param expected how many probes of its request come to this subtask
   * @return the requests to search now, each by its probes
   */
  List<List<Probe>> add(Probe probe, int expected, long nowMs) {
    Waiting waiting = byRequest.get(probe.request());
    if (waiting == null) {
      boolean isLone = byRequest.isEmpty() && nowMs - busyMs >= QUIET_MS;
      oldestMs = byRequest.isEmpty() ? nowMs : oldestMs;
      waiting = new Waiting(isLone, expected, new ArrayList<>(expected));
      byRequest.put(probe.request(), waiting);
    }
    busyMs = nowMs;
    waiting.probes().add(probe);
    if (waiting.isWhole() && waiting.isLone()) {
      byRequest.remove(probe.request());
      return List.of(waiting.probes());
    }
    whole += waiting.isWhole() ? 1 : 0;
    return whole < Kernel.FOUR ? List.of() : takeWhole();
  }

  /** Something was searched until now. */
  void searched(long nowMs) {
    busyMs = nowMs;
  }

  boolean isEmpty() {
    return byRequest.isEmpty();
  }

  /** Whether it has been quiet for long enough, or something has waited too long. */
  boolean isDue(long nowMs) {
    return nowMs - busyMs >= QUIET_MS || nowMs - oldestMs >= WAIT_MS_MAX;
  }

  /** All that wait, whole or not. */
  List<List<Probe>> takeAll() {
    List<List<Probe>> all = byRequest.values().stream().map(Waiting::probes).toList();
    byRequest.clear();
    whole = 0;
    return all;
  }

  private List<List<Probe>> takeWhole() {
    List<List<Probe>> taken = new ArrayList<>();
    for (Iterator<Waiting> all = byRequest.values().iterator(); all.hasNext(); ) {
      Waiting waiting = all.next();
      if (waiting.isWhole()) {
        taken.add(waiting.probes());
        all.remove();
      }
    }
    whole = 0;
    return taken;
  }
}
