package io.realmstream.jobs.retriever.cells;

import io.realmstream.model.index.topk.Hit;
import io.realmstream.model.retrieval.SearchTally;
import java.util.List;

/**
 * The best of the cells that some shards were asked for, exactly scored, best first.
 *
 * @param cellShards in the order in which they were asked, at least one
 * @param recentChanges how many of the shards' vectors may stand in no current revision
 * @param cut whether these cells hold more than the hits
 */
public record Partial(
    String request,
    long deadlineMs,
    int[] cellShards,
    List<Hit> hits,
    SearchTally tally,
    int recentChanges,
    boolean cut) {}
