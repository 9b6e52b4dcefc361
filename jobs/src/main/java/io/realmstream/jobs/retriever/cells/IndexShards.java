package io.realmstream.jobs.retriever.cells;

import io.realmstream.jobs.Shards;
import io.realmstream.model.index.Cells;
import io.realmstream.model.index.Search;
import io.realmstream.model.index.store.CellId;
import io.realmstream.model.index.topk.SearchResult;
import io.realmstream.model.retrieval.SearchTally;
import io.realmstream.model.serving.cell.CellPartitions;
import io.realmstream.model.serving.cell.IndexDimensions;
import io.realmstream.model.serving.cell.RecentChanges;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.streaming.api.operators.KeyContext;

/**
 * The cell shards of a subtask, as requests search them: any number of shards and requests at once.
 */
public final class IndexShards {
  private final Shards shards;
  private final KeyContext context;
  private final Parts parts;

  /** What is known of the cells. */
  record Parts(
      Cells cells,
      IndexDimensions dimensions,
      CellPartitions partitions,
      RecentChanges recentChanges) {}

  IndexShards(Shards shards, KeyContext context, Parts parts) {
    this.shards = shards;
    this.context = context;
    this.parts = parts;
  }

  /** A request with the probes of it that can be answered here. */
  private record Answerable(List<Probe> probes, Search search, int cells) {}

  /**
   * Searches on behalf of requests, each given by its probes, at least one; those of a cell
   * together. What a request has found in one shard spares it work in all others.
   *
   * @param found takes what each found. Not called for a query of another dimension than the
   *     version's: it cannot be scored here, and its answer leaves at the deadline and says partial
   */
  void search(List<List<Probe>> requests, long nowMs, Consumer<Partial> found) throws Exception {
    Map<CellId, List<Search>> byCell = new LinkedHashMap<>();
    List<Answerable> answerable = new ArrayList<>(requests.size());
    for (List<Probe> probes : requests) {
      Answerable request = prepare(probes, nowMs, byCell);
      if (!request.probes().isEmpty()) {
        answerable.add(request);
      }
    }
    for (Map.Entry<CellId, List<Search>> cell : byCell.entrySet()) {
      List<Search> together = cell.getValue();
      parts.cells().cell(cell.getKey(), together.get(0).dimension()).scan(together);
    }
    for (Answerable request : answerable) {
      found.accept(partial(request, nowMs));
    }
  }

  private Answerable prepare(List<Probe> probes, long nowMs, Map<CellId, List<Search>> byCell)
      throws Exception {
    Probe any = probes.get(0);
    int more = parts.recentChanges().of(any.version(), nowMs);
    Search search = any.sought().search(more);
    List<Probe> answerable = new ArrayList<>(probes.size());
    int cells = 0;
    for (Probe probe : probes) {
      context.setCurrentKey(shards.key(probe.cellShard()));
      Integer dimension = parts.dimensions().get(probe.cellShard(), probe.version());
      if (dimension != null && dimension != search.dimension()) {
        continue;
      }
      answerable.add(probe);
      int[] numbers = cellsOf(probe);
      cells += numbers.length;
      for (int i = 0; i < numbers.length && dimension != null; i++) {
        CellId id = new CellId(probe.version(), probe.partition().partition(), numbers[i]);
        byCell.computeIfAbsent(id, missing -> new ArrayList<>()).add(search);
      }
    }
    return new Answerable(answerable, search, cells);
  }

  /** None of a partition that had its time: the answer will say that it is partial. */
  private int[] cellsOf(Probe probe) throws Exception {
    boolean gone = parts.partitions().isGone(probe.cellShard(), probe.partition());
    return gone ? new int[0] : probe.cells();
  }

  private Partial partial(Answerable request, long nowMs) {
    SearchResult result = request.search().best();
    Probe any = request.probes().get(0);
    int recentChanges = 0;
    for (Probe probe : request.probes()) {
      recentChanges += parts.recentChanges().of(probe.version(), probe.cellShard(), nowMs);
    }
    return new Partial(
        any.request(),
        any.deadlineMs(),
        request.probes().stream().mapToInt(Probe::cellShard).toArray(),
        result.hits(),
        new SearchTally(request.cells(), result.scanned(), result.reScored()),
        recentChanges,
        result.cut());
  }
}
