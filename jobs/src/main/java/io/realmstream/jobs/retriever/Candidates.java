package io.realmstream.jobs.retriever;

import io.realmstream.model.index.Hit;
import java.util.List;

/**
 * The over-fetched best of all cells, best first.
 *
 * @param shards document shards to look the hits up in, each once
 * @param cells how many cells were searched
 * @param exact whether the query asked for all cells of its partition
 * @param partial whether cells were missing at the deadline
 */
public record Candidates(
    EmbeddedQuery query,
    List<Hit> hits,
    List<Integer> shards,
    long scanned,
    long reScored,
    int cells,
    boolean exact,
    boolean partial) {}
