package io.realmstream.jobs.retriever.answer;

import io.realmstream.jobs.retriever.gather.RetrievedQuery;
import io.realmstream.jobs.retriever.query.StampedQuery;
import io.realmstream.model.freshness.FreshnessClaim;
import io.realmstream.schemas.query.FreshnessMark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.streaming.api.functions.co.BroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Dates each retrieved query with the claim whose mark its stamp had seen, so that the date never
 * claims an edit which the search may have missed. No clock is asked.
 *
 * <p>Nor does an answer claim to be complete before its index is. Queries are stamped by the
 * version log, which is ahead of the vectors after a restore: it may name a version that was
 * completed in between, and whose vectors are being read again. Marks of the run before are read
 * again then, too: what that one said behind the checkpoint is unknown here.
 *
 * <p>State, broadcast: the claims of the last minute.
 */
public final class DateFunction
    extends BroadcastProcessFunction<RetrievedQuery, FreshnessClaim, RetrievedQuery> {
  public static final String UID = "date";
  public static final MapStateDescriptor<FreshnessMark, FreshnessClaim> CLAIMS =
      new MapStateDescriptor<>("claims", FreshnessMark.class, FreshnessClaim.class);

  private static final long serialVersionUID = 1L;

  @Override
  public void processElement(
      RetrievedQuery query, ReadOnlyContext context, Collector<RetrievedQuery> out)
      throws Exception {
    StampedQuery stamped = query.query().stamped();
    FreshnessClaim claim = claim(stamped.mark(), context);
    boolean complete = claim != null && claim.complete().contains(stamped.index());
    out.collect(
        stamped.complete() && !complete
            ? query.incomplete()
            : query.at(claim == null ? null : claim.through()));
  }

  @Override
  public void processBroadcastElement(
      FreshnessClaim claim, Context context, Collector<RetrievedQuery> out) throws Exception {
    BroadcastState<FreshnessMark, FreshnessClaim> claims = context.getBroadcastState(CLAIMS);
    List<FreshnessMark> over = new ArrayList<>();
    for (Map.Entry<FreshnessMark, FreshnessClaim> entry : claims.entries()) {
      if (entry.getValue().isOver(claim)) {
        over.add(entry.getKey());
      }
    }
    for (FreshnessMark mark : over) {
      claims.remove(mark);
    }
    claims.put(claim.mark(), claim);
  }

  private static @Nullable FreshnessClaim claim(
      @Nullable FreshnessMark mark, ReadOnlyContext context) throws Exception {
    ReadOnlyBroadcastState<FreshnessMark, FreshnessClaim> claims =
        context.getBroadcastState(CLAIMS);
    FreshnessClaim exact = mark == null ? null : claims.get(mark);
    if (exact != null) {
      return exact;
    }
    List<FreshnessClaim> said = new ArrayList<>();
    for (Map.Entry<FreshnessMark, FreshnessClaim> entry : claims.immutableEntries()) {
      said.add(entry.getValue());
    }
    return FreshnessClaim.of(said, mark);
  }
}
