package io.realmstream.jobs.retriever;

import io.realmstream.model.index.Hit;
import java.util.List;

/**
 * The best of the cells that a shard was asked for, exactly scored, best first.
 *
 * @param cells how many cells were searched
 */
public record Partial(
    String request,
    long deadlineMs,
    int cellShard,
    List<Hit> hits,
    int cells,
    long scanned,
    long reScored) {}
