package io.realmstream.jobs.retriever.cells;

import io.realmstream.model.index.Search;
import io.realmstream.model.index.topk.SearchLimit;
import io.realmstream.schemas.Hash128;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a probe looks for.
 *
 * @param vector of the question
 * @param passages uids of the only passages that can be found; null = all can
 */
public record Sought(SearchLimit limit, float[] vector, @Nullable List<Hash128> passages) {
  /** A search among all passages. */
  public Sought(SearchLimit limit, float[] vector) {
    this(limit, vector, null);
  }

  /** The search in a cell, for so many vectors more than the limit. */
  Search search(int more) {
    return new Search(vector, limit.plus(more), passages == null ? null : Set.copyOf(passages));
  }
}
