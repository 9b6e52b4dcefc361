package io.realmstream.jobs.retriever.freshness;

import io.realmstream.model.version.EndedIndexes;
import io.realmstream.schemas.vectors.ShardComplete;
import org.jspecify.annotations.Nullable;

/** What is told of indexes, exactly one of the two: a shard is complete, or some had their time. */
public record IndexNews(@Nullable ShardComplete complete, @Nullable EndedIndexes ended) {
  public static IndexNews of(ShardComplete complete) {
    return new IndexNews(complete, null);
  }

  public static IndexNews of(EndedIndexes ended) {
    return new IndexNews(null, ended);
  }
}
