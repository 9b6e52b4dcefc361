package io.realmstream.jobs.retriever;

import io.realmstream.schemas.query.AnswerResult;
import io.realmstream.schemas.query.AnswerStatus;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Sends a query's vector to every cell shard of its version, and the query itself to the merge. */
public final class RouteFunction extends ProcessFunction<EmbeddedQuery, Probe> {
  static final String UID = "route";
  private static final long serialVersionUID = 1L;

  /** Every version starts with the flat partition: one cell a shard. */
  private static final int FLAT = 0;

  private final int shards;

  public RouteFunction(int shards) {
    this.shards = shards;
  }

  @Override
  public void processElement(EmbeddedQuery query, Context context, Collector<Probe> out) {
    StampedQuery stamped = query.stamped();
    String failure = query.failure();
    if (failure != null) {
      AnswerResult result =
          AnswerResult.without(AnswerStatus.FAILED, failure, stamped.query().kind());
      context.output(
          Outputs.ANSWERS,
          Answers.early(stamped.query().id(), result, stamped.request().headers()));
      return;
    }
    context.output(Outputs.ROUTED, new RoutedQuery(query, shards, shards, true));
    int k = stamped.query().passages() + MergeFunction.OVER_FETCH;
    for (int shard = 0; shard < shards; shard++) {
      out.collect(
          new Probe(
              stamped.id(),
              stamped.request().deadlineMs(),
              stamped.index(),
              FLAT,
              shard,
              new int[] {shard},
              k,
              query.vector()));
    }
  }
}
