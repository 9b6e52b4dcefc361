package io.realmstream.jobs.retriever.cells;

import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.model.index.Cells;
import io.realmstream.model.index.kernel.Kernel;
import org.apache.flink.metrics.Counter;

/** What the cells operator counts; the names are documented in OPERATING.md. */
public final class CellsMetrics {
  private final Counter inserts;
  private final Counter deletes;
  private final Counter probes;
  private final Counter requests;
  private final Counter batches;
  private final Counter dropped;
  private final Counter scanned;
  private final Counter reScored;

  CellsMetrics(OperatorMetrics group, Cells cells) {
    inserts = group.counter("inserts");
    deletes = group.counter("deletes");
    probes = group.counter("probes");
    requests = group.counter("requests");
    batches = group.counter("batches");
    dropped = group.counter("dropped");
    scanned = group.counter("scanned");
    reScored = group.counter("reScored");
    group.of("kernel", Kernel.name()).gauge("inUse", () -> 1);
    group.gauge("cacheBytes", cells::heapBytes);
    group.gauge("cacheHits", cells::heapReads);
    group.gauge("cacheMisses", cells::storeReads);
    group.gauge("cacheHitPercent", () -> hitPercent(cells));
  }

  Counter inserts() {
    return inserts;
  }

  Counter deletes() {
    return deletes;
  }

  /** Requests that were over before they were searched. */
  Counter dropped() {
    return dropped;
  }

  /** Requests were searched together. */
  void batch(int size) {
    requests.inc(size);
    batches.inc(size == 0 ? 0 : 1);
  }

  void searched(Partial partial) {
    probes.inc(partial.cellShards().length);
    scanned.inc(partial.tally().scanned());
    reScored.inc(partial.tally().reScored());
  }

  /** 100 before any block was read. */
  private static long hitPercent(Cells cells) {
    long reads = cells.heapReads() + cells.storeReads();
    return reads == 0 ? 100 : 100 * cells.heapReads() / reads;
  }
}
