package io.realmstream.jobs.retriever.gather;

import io.realmstream.jobs.retriever.query.EmbeddedQuery;
import io.realmstream.model.index.topk.Hit;
import io.realmstream.model.index.topk.SearchLimit;
import io.realmstream.model.retrieval.Ranking;
import io.realmstream.model.retrieval.SearchTally;
import java.util.List;

/**
 * The over-fetched best of all cells, best first.
 *
 * @param shards document shards to look the hits up in, each once
 * @param exact whether the query asked for all cells of its partition
 * @param partial whether cells were missing at the deadline
 * @param limit how much was fetched at most
 * @param cut whether the cells hold more than the hits
 */
public record Candidates(
    EmbeddedQuery query,
    List<Hit> hits,
    List<Integer> shards,
    SearchTally tally,
    boolean exact,
    boolean partial,
    SearchLimit limit,
    boolean cut) {
  Ranking ranking() {
    return new Ranking(hits, cut);
  }
}
