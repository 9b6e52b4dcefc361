package io.realmstream.jobs.retriever.gather;

import io.realmstream.jobs.OperatorMetrics;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Joins what a request asked of many shards with the request itself: all parts, or those that came
 * before the deadline.
 *
 * <p>State, by request: the request, its parts, and how many shards are missing. A request is as
 * large as all its parts together, so it is read only when it leaves. Cleared then; parts that come
 * after it are cleared by a timer of their own.
 *
 * @param <H> the request
 * @param <P> a shard's part
 * @param <O> the two joined
 */
public abstract class GatherFunction<H, P, O> extends KeyedCoProcessFunction<String, H, P, O> {
  private static final long serialVersionUID = 1L;
  private static final long STRAGGLERS_MS = 60_000;

  private final Class<H> headType;
  private final Class<P> partType;
  private transient ValueState<H> head;
  private transient MapState<Integer, P> parts;

  /**
   * Shards expected less shards arrived: below 0 until the request has come, 0 when all is there.
   */
  private transient ValueState<Integer> missing;

  private transient Counter partial;

  @SuppressWarnings("NullAway.Init") // open comes before any record
  GatherFunction(Class<H> headType, Class<P> partType) {
    this.headType = headType;
    this.partType = partType;
  }

  /** How many shards were asked. */
  protected abstract int expected(H head);

  /** The shard that the part is from, or the first of several. */
  protected abstract int shard(P part);

  /** From how many shards the part is. */
  protected int weight(P part) {
    return 1;
  }

  protected abstract long deadlineMs(H head);

  protected abstract long partDeadlineMs(P part);

  /**
   * Lets leave what the parts that came are worth, by shard ascending.
   *
   * @param context for side outputs
   */
  protected abstract void join(H head, List<P> parts, Context context, Collector<O> out);

  @Override
  public void open(OpenContext context) {
    partial = new OperatorMetrics(getRuntimeContext().getMetricGroup()).counter("partial");
    head = getRuntimeContext().getState(new ValueStateDescriptor<>("request", headType));
    parts =
        getRuntimeContext().getMapState(new MapStateDescriptor<>("parts", Integer.class, partType));
    missing = getRuntimeContext().getState(new ValueStateDescriptor<>("missing", Integer.class));
  }

  @Override
  public void processElement1(H request, Context context, Collector<O> out) throws Exception {
    if (stillMissing(expected(request)) == 0) {
      leave(request, context, out);
      return;
    }
    head.update(request);
    context.timerService().registerProcessingTimeTimer(deadlineMs(request));
  }

  @Override
  public void processElement2(P part, Context context, Collector<O> out) throws Exception {
    if (parts.contains(shard(part))) {
      return;
    }
    parts.put(shard(part), part);
    int still = stillMissing(-weight(part));
    if (still < 0) {
      long later = partDeadlineMs(part) + STRAGGLERS_MS;
      context.timerService().registerProcessingTimeTimer(later);
    } else if (still == 0) {
      H request = head.value();
      context.timerService().deleteProcessingTimeTimer(deadlineMs(request));
      leave(request, context, out);
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<O> out) throws Exception {
    H request = head.value();
    if (request == null) {
      clear();
    } else if (deadlineMs(request) <= timestamp) {
      leave(request, context, out);
    }
  }

  private void leave(H request, Context context, Collector<O> out) throws Exception {
    List<P> arrived = new ArrayList<>();
    for (P part : parts.values()) {
      arrived.add(part);
    }
    if (arrived.stream().mapToInt(this::weight).sum() < expected(request)) {
      partial.inc();
    }
    arrived.sort((a, b) -> Integer.compare(shard(a), shard(b)));
    join(request, arrived, context, out);
    clear();
  }

  private int stillMissing(int change) throws Exception {
    Integer before = missing.value();
    int after = (before == null ? 0 : before) + change;
    missing.update(after);
    return after;
  }

  private void clear() {
    head.clear();
    parts.clear();
    missing.clear();
  }
}
