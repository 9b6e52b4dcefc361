package io.realmstream.model.index.topk;

import java.util.List;

/**
 * What a search found and what it cost.
 *
 * @param hits best first, those that a plain loop over all live vectors finds first: what is not
 *     among them ranks behind all of them
 * @param cut whether there are live vectors that are not among the hits
 * @param scanned how many codes were compared with the query, the dead ones between them included
 * @param reScored how many float32 vectors were fetched for their exact score
 */
public record SearchResult(List<Hit> hits, boolean cut, long scanned, long reScored) {
  public SearchResult {
    hits = List.copyOf(hits);
  }
}
