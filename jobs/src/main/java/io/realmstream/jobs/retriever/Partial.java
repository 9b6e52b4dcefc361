package io.realmstream.jobs.retriever;

import io.realmstream.model.index.Hit;
import io.realmstream.model.index.SearchResult;
import java.util.List;

/**
 * The best of the cells that a shard was asked for, exactly scored, best first.
 *
 * @param cells how many cells were searched
 * @param unsettled how many of the shard's vectors may stand in no current revision
 */
public record Partial(
    String request,
    long deadlineMs,
    int cellShard,
    List<Hit> hits,
    int cells,
    long scanned,
    long reScored,
    int unsettled) {

  /** What a probe found. */
  static Partial of(Probe probe, int cells, SearchResult result, int unsettled) {
    return new Partial(
        probe.request(),
        probe.deadlineMs(),
        probe.cellShard(),
        result.hits(),
        cells,
        result.scanned(),
        result.reScored(),
        unsettled);
  }
}
