package io.realmstream.jobs.retriever;

import io.realmstream.model.index.kernel.Kernel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The probes that wait for others, so that four share the reading of a block.
 *
 * <p>A lone query never waits: its probes are searched at once, unless another request was at work
 * within the last {@value #QUIET_MS} ms. Then probes wait, shard by shard, until there are four,
 * until nothing came or was searched for that long, or, at worst, for {@value #WAIT_MS_MAX} ms:
 * waiting while the processor is busy with others costs nobody anything.
 *
 * <p>Bounded: three probes a shard.
 */
final class WaitingProbes {
  /** The clock's granularity is 1 ms: between one and two milliseconds of quiet. */
  static final int QUIET_MS = 2;

  static final int WAIT_MS_MAX = 20;

  /** By the shard's Flink key. */
  private final Map<Integer, List<Probe>> byKey = new LinkedHashMap<>();

  private long oldestMs;
  private long busyMs = Long.MIN_VALUE / 2;
  private String request = "";

  /** Takes a probe in; returns those to search now, it among them, or none when it is to wait. */
  List<Probe> add(int key, Probe probe, long nowMs) {
    boolean isAlone =
        byKey.isEmpty() && (probe.request().equals(request) || nowMs - busyMs >= QUIET_MS);
    request = probe.request();
    busyMs = nowMs;
    if (isAlone) {
      return List.of(probe);
    }
    if (byKey.isEmpty()) {
      oldestMs = nowMs;
    }
    List<Probe> waiting = byKey.computeIfAbsent(key, k -> new ArrayList<>(Kernel.FOUR));
    waiting.add(probe);
    if (waiting.size() < Kernel.FOUR) {
      return List.of();
    }
    byKey.remove(key);
    return waiting;
  }

  /** Something was searched until now. */
  void searched(long nowMs) {
    busyMs = nowMs;
  }

  boolean isEmpty() {
    return byKey.isEmpty();
  }

  /** Whether it has been quiet for long enough, or something has waited too long. */
  boolean isDue(long nowMs) {
    return nowMs - busyMs >= QUIET_MS || nowMs - oldestMs >= WAIT_MS_MAX;
  }

  /** All that wait, by the shard's Flink key; none waits any more. */
  Map<Integer, List<Probe>> takeAll() {
    Map<Integer, List<Probe>> all = new LinkedHashMap<>(byKey);
    byKey.clear();
    return all;
  }
}
