package io.realmstream.jobs.retriever;

import java.time.Instant;
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
 * Dates each retrieved query with the freshness that was confirmed before the query was stamped, so
 * that the date never claims an edit which the search may have missed.
 *
 * <p>Nor does an answer claim to be complete before its index is. Queries are stamped by the
 * version log, which is ahead of the vectors after a restore: it may name a version that was
 * completed in between, and whose vectors are being read again.
 *
 * <p>State, broadcast: the freshness of the last minute; since when each index is complete.
 */
public final class DateFunction
    extends BroadcastProcessFunction<RetrievedQuery, Freshness, RetrievedQuery> {
  static final String UID = "date";
  static final MapStateDescriptor<Long, Freshness> HISTORY =
      new MapStateDescriptor<>("freshness", Long.class, Freshness.class);

  static final MapStateDescriptor<Integer, Long> COMPLETE =
      new MapStateDescriptor<>("complete", Integer.class, Long.class);

  private static final long serialVersionUID = 1L;
  private static final long HISTORY_MS = 60_000;

  @Override
  public void processElement(
      RetrievedQuery query, ReadOnlyContext context, Collector<RetrievedQuery> out)
      throws Exception {
    StampedQuery stamped = query.query().stamped();
    Long completeMs = context.getBroadcastState(COMPLETE).get(stamped.index());
    boolean complete = completeMs != null && completeMs < stamped.stampedMs();
    out.collect(
        stamped.complete() && !complete
            ? query.incomplete()
            : query.at(confirmedBefore(stamped.stampedMs(), context)));
  }

  @Override
  public void processBroadcastElement(
      Freshness freshness, Context context, Collector<RetrievedQuery> out) throws Exception {
    long confirmedMs = Answers.epochMs(freshness.confirmedAt());
    Integer index = freshness.index();
    if (index != null) {
      BroadcastState<Integer, Long> complete = context.getBroadcastState(COMPLETE);
      if (!complete.contains(index)) { // an updater that restarts says it again
        complete.put(index, confirmedMs);
      }
      return;
    }
    BroadcastState<Long, Freshness> history = context.getBroadcastState(HISTORY);
    List<Long> old = new ArrayList<>();
    for (Map.Entry<Long, Freshness> entry : history.entries()) {
      if (entry.getKey() < confirmedMs - HISTORY_MS) {
        old.add(entry.getKey());
      }
    }
    for (Long key : old) {
      history.remove(key);
    }
    history.put(confirmedMs, freshness);
  }

  private static @Nullable Instant confirmedBefore(long stampedMs, ReadOnlyContext context)
      throws Exception {
    ReadOnlyBroadcastState<Long, Freshness> history = context.getBroadcastState(HISTORY);
    long best = Long.MIN_VALUE;
    Instant through = null;
    for (Map.Entry<Long, Freshness> entry : history.immutableEntries()) {
      if (entry.getKey() < stampedMs && entry.getKey() > best) {
        best = entry.getKey();
        through = entry.getValue().through();
      }
    }
    return through;
  }
}
