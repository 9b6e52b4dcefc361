package io.realmstream.jobs.retriever.gather;

import io.realmstream.jobs.retriever.cells.Partial;
import io.realmstream.jobs.retriever.passages.Lookup;
import io.realmstream.jobs.retriever.query.EmbeddedQuery;
import io.realmstream.jobs.retriever.query.RoutedQuery;
import io.realmstream.jobs.retriever.query.StampedQuery;
import io.realmstream.model.index.topk.Hit;
import io.realmstream.model.index.topk.SearchLimit;
import io.realmstream.model.retrieval.Ranking;
import io.realmstream.model.retrieval.SearchTally;
import io.realmstream.model.serving.cell.RecentChanges;
import io.realmstream.schemas.Hash128;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Merges the cells' bests into the query's candidates and asks for their documents. */
public final class MergeFunction extends GatherFunction<RoutedQuery, Partial, Candidates> {
  public static final String UID = "merge-top-k";

  public static final OutputTag<Lookup> LOOKUPS = new OutputTag<>("lookups") {};

  private static final long serialVersionUID = 1L;

  public MergeFunction() {
    super(RoutedQuery.class, Partial.class);
  }

  @Override
  protected int expected(RoutedQuery routed) {
    return routed.shards();
  }

  @Override
  protected int shard(Partial partial) {
    return partial.cellShards()[0];
  }

  @Override
  protected int weight(Partial partial) {
    return partial.cellShards().length;
  }

  @Override
  protected long deadlineMs(RoutedQuery routed) {
    return routed.query().stamped().request().deadlineMs();
  }

  @Override
  protected long partDeadlineMs(Partial partial) {
    return partial.deadlineMs();
  }

  @Override
  protected void join(
      RoutedQuery routed, List<Partial> partials, Context context, Collector<Candidates> out) {
    EmbeddedQuery query = routed.query();
    int recentChanges = partials.stream().mapToInt(Partial::recentChanges).sum();
    SearchLimit limit =
        query.stamped().request().limit().plus(Math.min(recentChanges, RecentChanges.COUNTED_MAX));
    Ranking ranking =
        Ranking.merge(
            partials.stream().map(part -> new Ranking(part.hits(), part.cut())).toList(), limit);
    List<Hit> hits = ranking.hits();
    Map<Integer, List<Hash128>> byShard = new TreeMap<>();
    for (Hit hit : hits) {
      byShard.computeIfAbsent(hit.documentShard(), s -> new ArrayList<>()).add(hit.uid());
    }
    StampedQuery stamped = query.stamped();
    byShard.forEach(
        (shard, uids) ->
            context.output(
                LOOKUPS,
                new Lookup(
                    stamped.id(),
                    stamped.request().deadlineMs(),
                    stamped.index(),
                    shard,
                    uids,
                    stamped.stampedMs(),
                    stamped.throughMs())));
    SearchTally tally = SearchTally.sum(partials.stream().map(Partial::tally).toList());
    out.collect(
        new Candidates(
            query,
            hits,
            List.copyOf(byShard.keySet()),
            tally,
            routed.exact(),
            tally.cells() < routed.cells(),
            limit,
            ranking.cut()));
  }
}
