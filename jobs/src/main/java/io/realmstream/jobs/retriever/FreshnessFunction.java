package io.realmstream.jobs.retriever;

import io.realmstream.jobs.OperatorMetrics;
import java.time.Instant;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * How fresh the whole index is: the least fresh of all shards.
 *
 * <p>State: one entry a shard, and what was said last.
 */
public final class FreshnessFunction
    extends KeyedProcessFunction<Integer, ShardFreshness, Freshness> {
  static final String UID = "freshness";
  private static final long serialVersionUID = 1L;

  private final int shards;
  private transient MapState<Integer, Instant> byShard;
  private transient ValueState<Instant> said;
  private transient volatile long throughMs;

  @SuppressWarnings("NullAway.Init") // open comes before any record
  public FreshnessFunction(int shards) {
    this.shards = shards;
  }

  @Override
  public void open(OpenContext context) {
    byShard =
        getRuntimeContext()
            .getMapState(new MapStateDescriptor<>("by-shard", Integer.class, Instant.class));
    new OperatorMetrics(getRuntimeContext().getMetricGroup())
        .gauge("freshnessMs", () -> throughMs == 0 ? -1 : System.currentTimeMillis() - throughMs);
    said = getRuntimeContext().getState(new ValueStateDescriptor<>("said", Instant.class));
  }

  @Override
  public void processElement(ShardFreshness shard, Context context, Collector<Freshness> out)
      throws Exception {
    byShard.put(shard.shard(), shard.through());
    Instant least = least();
    if (least != null && !least.equals(said.value())) {
      said.update(least);
      throughMs = least.toEpochMilli();
      long now = context.timerService().currentProcessingTime();
      out.collect(new Freshness(Instant.ofEpochMilli(now), least));
    }
  }

  private @Nullable Instant least() throws Exception {
    Instant least = Instant.MAX;
    int count = 0;
    for (Instant through : byShard.values()) {
      least = through.isBefore(least) ? through : least;
      count++;
    }
    return count == shards ? least : null;
  }
}
