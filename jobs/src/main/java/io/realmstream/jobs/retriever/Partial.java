package io.realmstream.jobs.retriever;

import io.realmstream.model.index.Hit;
import java.util.List;

/** The best of one cell shard, exactly scored, best first. */
public record Partial(
    String request, long deadlineMs, int cellShard, List<Hit> hits, long scanned, long reScored) {}
