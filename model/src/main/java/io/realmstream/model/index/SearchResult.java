package io.realmstream.model.index;

import java.util.List;

/**
 * What a search found and what it cost.
 *
 * @param hits best first, at most k, equal to those of a plain loop over all live vectors
 * @param scanned how many codes were compared with the query, the dead ones between them included
 * @param reScored how many float32 vectors were fetched for their exact score
 */
public record SearchResult(List<Hit> hits, long scanned, long reScored) {
  public SearchResult {
    hits = List.copyOf(hits);
  }
}
