package io.realmstream.jobs.retriever;

import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.schemas.vectors.Heartbeat;
import io.realmstream.schemas.vectors.ShardComplete;
import java.time.Instant;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * How fresh the whole index is: the least fresh of all shards. And which indexes are complete: in
 * all shards.
 *
 * <p>State: one entry a shard, what was said last, and one entry a shard and index.
 */
public final class FreshnessFunction
    extends KeyedCoProcessFunction<Integer, ShardFreshness, ShardComplete, Freshness> {
  static final String UID = "freshness";
  private static final long serialVersionUID = 1L;

  private final int shards;
  private transient MapState<Integer, Instant> byShard;
  private transient ValueState<Instant> said;
  private transient MapState<CompletedShard, Boolean> complete;
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
    complete =
        getRuntimeContext()
            .getMapState(new MapStateDescriptor<>("complete", CompletedShard.class, Boolean.class));
  }

  @Override
  public void processElement1(ShardFreshness shard, Context context, Collector<Freshness> out)
      throws Exception {
    Instant known = byShard.get(shard.shard());
    if (known != null && shard.through().isBefore(known)) {
      return; // an updater that begins knows less, and what was true stays true
    }
    byShard.put(shard.shard(), shard.through());
    Instant least = least();
    if (least != null && !least.equals(said.value())) {
      said.update(least);
      throughMs = least.toEpochMilli();
      out.collect(new Freshness(now(context), least, null));
    }
  }

  @Override
  public void processElement2(ShardComplete shard, Context context, Collector<Freshness> out)
      throws Exception {
    int index = shard.version();
    complete.put(new CompletedShard(index, shard.shard()), true);
    for (int other = 0; other < shards; other++) {
      if (!complete.contains(new CompletedShard(index, other))) {
        return;
      }
    }
    out.collect(new Freshness(now(context), null, index));
  }

  private static Instant now(Context context) {
    return Instant.ofEpochMilli(context.timerService().currentProcessingTime());
  }

  private @Nullable Instant least() throws Exception {
    Instant least = Instant.MAX;
    int count = 0;
    for (Instant through : byShard.values()) {
      least = through.isBefore(least) ? through : least;
      count++;
    }
    return count == shards && least.isAfter(Heartbeat.NOTHING) ? least : null;
  }
}
