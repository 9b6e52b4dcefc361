package io.realmstream.jobs.retriever.freshness;

import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.state.StateTable;
import io.realmstream.model.freshness.FreshnessClaim;
import io.realmstream.model.freshness.NewlySettled;
import io.realmstream.model.serving.EndedVersions;
import io.realmstream.model.version.CompleteIndexes;
import io.realmstream.model.version.CompleteIndexes.CompleteShard;
import io.realmstream.model.version.EndedIndexes;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.query.FreshnessMark;
import io.realmstream.schemas.query.FreshnessRecord;
import io.realmstream.schemas.vectors.Heartbeat;
import io.realmstream.schemas.vectors.ShardComplete;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * How fresh the whole index is: the least fresh of all shards. And which indexes are complete: in
 * all shards. Says so at each change, and once more in a second without one: to {@code date}, and
 * its mark on the side, to the topic that {@code stamp} reads. Once a second the topic also gets
 * which shards are settled, for {@code assign}.
 *
 * <p>State: one entry a shard, one a shard of which something was lost, one a shard and index that
 * has not had its time, and one that says which had. Runs and numbers are in none: a restored run
 * has another name, so that no mark of the one before can mean what is said now. Nor is what is
 * settled: a run that is restored cannot speak for another one.
 */
public final class FreshnessFunction
    extends KeyedCoProcessFunction<Integer, ShardNews, EndedIndexes, FreshnessClaim>
    implements CheckpointedFunction {
  public static final String UID = "freshness";

  /** Marks of what was said of the index, for those who stamp. */
  public static final OutputTag<OutboundRecord> MARKS = new OutputTag<>("marks") {};

  private static final long serialVersionUID = 1L;
  private static final long REPEAT_MS = 1_000;

  /** The index is one, and so is its key. */
  private static final int ONLY = 0;

  private final int shards;
  private transient MapState<Integer, Instant> byShard;
  private transient CompleteIndexes complete;
  private transient EndedVersions ended;
  private transient MapState<Integer, Boolean> doubts;
  private transient long run;
  private transient long number;
  private transient @Nullable Instant said;
  private transient Set<Integer> saidComplete;
  private transient NewlySettled settled;
  private transient boolean quiet;

  /** From the state, once it is asked. */
  private transient @Nullable Set<Integer> completeIndexes;

  private transient volatile long throughMs;
  private transient long restored;

  @SuppressWarnings("NullAway.Init") // open comes before any record
  public FreshnessFunction(int shards) {
    this.shards = shards;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) {
    restored = context.getRestoredCheckpointId().orElse(0);
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) {
    // keyed state is kept up to date by every record
  }

  @Override
  public void open(OpenContext context) {
    byShard =
        getRuntimeContext()
            .getMapState(new MapStateDescriptor<>("by-shard", Integer.class, Instant.class));
    OperatorMetrics metrics = new OperatorMetrics(getRuntimeContext().getMetricGroup());
    metrics.gauge("freshnessMs", () -> ageMs(throughMs, System.currentTimeMillis()));
    metrics.gauge("restoredCheckpoint", () -> restored);
    complete =
        new CompleteIndexes(
            StateTable.of(getRuntimeContext(), "complete", CompleteShard.class, Boolean.class),
            shards);
    ended =
        new EndedVersions(
            StateTable.of(getRuntimeContext(), "ended", Integer.class, EndedIndexes.class));
    doubts =
        getRuntimeContext()
            .getMapState(new MapStateDescriptor<>("doubts", Integer.class, Boolean.class));
    run = UUID.randomUUID().getMostSignificantBits();
    number = 0;
    saidComplete = Set.of();
    settled = new NewlySettled();
    quiet = true;
    completeIndexes = null;
  }

  /** The updater's clock may be ahead; a negative age means that nothing is known. */
  static long ageMs(long throughMs, long nowMs) {
    return throughMs == 0 ? -1 : Math.max(0, nowMs - throughMs);
  }

  @Override
  public void processElement1(ShardNews news, Context context, Collector<FreshnessClaim> out)
      throws Exception {
    repeatLater(context.timerService());
    if (news.freshness() != null) {
      hear(news.freshness(), context, out);
    } else if (news.complete() != null) {
      hear(news.complete(), context, out);
    }
  }

  private void hear(ShardFreshness shard, Context context, Collector<FreshnessClaim> out)
      throws Exception {
    if (shard.settled() != null) {
      settled.add(shard.shard(), shard.settled());
    }
    Instant through = shard.through();
    if (through == null) {
      byShard.remove(shard.shard());
      doubts.put(shard.shard(), true);
      complete.lose(shard.shard());
      completeIndexes = null;
      say(null, Set.of(), context, out);
      return;
    }
    doubts.remove(shard.shard());
    Instant known = byShard.get(shard.shard());
    if (known != null && through.isBefore(known)) {
      return; // an updater that begins knows less, and what was true stays true
    }
    byShard.put(shard.shard(), through);
    Instant least = least();
    if (least != null && !least.equals(said)) {
      say(least, complete(), context, out);
    }
  }

  private void hear(ShardComplete shard, Context context, Collector<FreshnessClaim> out)
      throws Exception {
    if (!ended.contains(ONLY, shard.version()) && complete.add(shard.version(), shard.shard())) {
      indexes().add(shard.version());
      sayIfOthersAreComplete(context, out);
    }
  }

  @Override
  public void processElement2(EndedIndexes more, Context context, Collector<FreshnessClaim> out)
      throws Exception {
    repeatLater(context.timerService());
    if (!ended.add(ONLY, more).isEmpty()) {
      complete.forget(ended.of(ONLY));
      completeIndexes = null;
      sayIfOthersAreComplete(context, out);
    }
  }

  private void sayIfOthersAreComplete(Context context, Collector<FreshnessClaim> out)
      throws Exception {
    Set<Integer> now = complete();
    if (!now.equals(saidComplete)) {
      say(least(), now, context, out);
    }
  }

  /**
   * Tells a run that was restored, and who missed a mark, what is known; and everybody that this
   * retriever runs, see {@code realm submit}.
   */
  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<FreshnessClaim> out)
      throws Exception {
    repeatLater(context.timerService());
    if (quiet || !settled.isEmpty()) {
      FreshnessMark mark = claim(least(), complete(), context, out);
      tell(new FreshnessRecord(mark, settled.take()), context);
    }
    quiet = true;
  }

  private void say(
      @Nullable Instant least,
      Set<Integer> indexes,
      Context context,
      Collector<FreshnessClaim> out) {
    tell(new FreshnessRecord(claim(least, indexes, context, out), null), context);
  }

  private static void tell(FreshnessRecord record, Context context) {
    context.output(MARKS, OutboundRecord.byKey(new byte[0], Codecs.FRESHNESS.encode(record)));
  }

  private FreshnessMark claim(
      @Nullable Instant least,
      Set<Integer> indexes,
      Context context,
      Collector<FreshnessClaim> out) {
    said = least;
    saidComplete = Set.copyOf(indexes);
    quiet = false;
    throughMs = least == null ? 0 : least.toEpochMilli();
    FreshnessMark mark = new FreshnessMark(run, ++number, least);
    long nowMs = context.timerService().currentProcessingTime();
    out.collect(new FreshnessClaim(mark, nowMs, List.copyOf(indexes)));
    return mark;
  }

  /** At whole seconds, so that there is one timer. */
  private static void repeatLater(TimerService timers) {
    long nowMs = timers.currentProcessingTime();
    timers.registerProcessingTimeTimer((nowMs / REPEAT_MS + 1) * REPEAT_MS);
  }

  /** None while something of a shard is lost: it may have been of any. */
  private Set<Integer> complete() throws Exception {
    return doubts.isEmpty() ? indexes() : Set.of();
  }

  private Set<Integer> indexes() {
    Set<Integer> indexes = completeIndexes;
    if (indexes == null) {
      indexes = complete.all();
      completeIndexes = indexes;
    }
    return indexes;
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
