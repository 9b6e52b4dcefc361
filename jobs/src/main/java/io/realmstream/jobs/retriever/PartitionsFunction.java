package io.realmstream.jobs.retriever;

import io.realmstream.jobs.ModelThreads;
import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.retriever.PartitionProgress.Stage;
import io.realmstream.model.index.Int8Code;
import io.realmstream.model.index.partition.Partition;
import io.realmstream.model.index.partition.PartitionChunk;
import io.realmstream.model.index.partition.PartitionCodec;
import io.realmstream.model.index.partition.PartitionEvent;
import io.realmstream.model.index.partition.PartitionEvent.Kind;
import io.realmstream.model.index.partition.PartitionId;
import io.realmstream.model.index.partition.PartitionTraining;
import io.realmstream.schemas.Hash128;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Decides how a version's vectors are divided: trains a new partition when the version has outgrown
 * its newest one four-fold, lets it serve when all cell shards are filled, and retires what was
 * before it when no query can still be under way that was routed by that. All of this goes out
 * through the partitions topic, which everybody follows.
 *
 * <p>Training runs on a thread of its own. It is not in state: after a restore it begins anew, from
 * the sample that was restored.
 *
 * <p>State, by version: the sample ({@code sample}), bounded by {@code realm.partition.sample.max}
 * for each time that it was thinned out since the last training; its shards' census and their
 * total; the filled cell shards; the progress.
 */
public final class PartitionsFunction
    extends KeyedCoProcessFunction<Integer, Sample, CellsFilled, OutboundRecord> {
  static final String UID = "partitions";
  private static final long serialVersionUID = 1L;
  private static final int OUTGROWN = 4;
  private static final long POLL_MS = 50;

  private final int shards;
  private final long passagesMin;
  private final long retireDelayMs;
  private transient MapState<Hash128, SampledVector> sample;
  private transient MapState<Integer, Census> census;
  private transient ValueState<Long> total;
  private transient MapState<Integer, Boolean> filled;
  private transient ValueState<PartitionProgress> progress;
  private transient ModelThreads thread;
  private transient Map<Integer, Training> trainings;
  private transient Counter trained;

  private record Training(long passages, CompletableFuture<Partition> partition) {}

  /**
   * @param shards how many document shards and how many cell shards there are
   * @param passagesMin from how many passages on a version is divided
   */
  @SuppressWarnings("NullAway.Init") // open comes before any record
  public PartitionsFunction(int shards, long passagesMin, Duration retireDelay) {
    this.shards = shards;
    this.passagesMin = passagesMin;
    this.retireDelayMs = retireDelay.toMillis();
  }

  @Override
  public void open(OpenContext context) {
    var runtime = getRuntimeContext();
    sample =
        runtime.getMapState(new MapStateDescriptor<>("sample", Hash128.class, SampledVector.class));
    census = runtime.getMapState(new MapStateDescriptor<>("census", Integer.class, Census.class));
    total = runtime.getState(new ValueStateDescriptor<>("total", Long.class));
    filled = runtime.getMapState(new MapStateDescriptor<>("filled", Integer.class, Boolean.class));
    progress = runtime.getState(new ValueStateDescriptor<>("progress", PartitionProgress.class));
    thread = new ModelThreads(UID, 1);
    trainings = new HashMap<>();
    trained = new OperatorMetrics(runtime.getMetricGroup()).counter("trained");
  }

  @Override
  public void close() {
    if (thread != null) {
      thread.close();
    }
  }

  @Override
  public void processElement1(Sample passage, Context context, Collector<OutboundRecord> out)
      throws Exception {
    if (progress().stage() == Stage.OVER) {
      return;
    }
    if (passage.census().isOver()) {
      end(passage.version(), out);
      return;
    }
    Census before = census.get(passage.shard());
    long more = passage.census().live() - (before == null ? 0 : before.live());
    census.put(passage.shard(), passage.census());
    long passages = (total.value() == null ? 0 : total.value()) + more;
    total.update(passages);
    if (passage.vector().length == 0) {
      sample.remove(passage.uid());
    } else {
      sample.put(passage.uid(), new SampledVector(passage.shard(), Int8Code.of(passage.vector())));
    }
    trainWhenOutgrown(passages, context);
  }

  @Override
  public void processElement2(CellsFilled cells, Context context, Collector<OutboundRecord> out)
      throws Exception {
    PartitionProgress now = progress();
    if (now.stage() != Stage.FILLING || now.newest() != cells.partition()) {
      return; // of a partition that serves already
    }
    filled.put(cells.cellShard(), true);
    int count = 0;
    for (var shard = filled.keys().iterator(); shard.hasNext(); shard.next()) {
      count++;
    }
    if (count == shards) {
      filled.clear();
      long retireAtMs = context.timerService().currentProcessingTime() + retireDelayMs;
      progress.update(now.serving(retireAtMs));
      out.collect(event(new PartitionEvent(Kind.SERVE, cells.version(), now.newest(), null)));
      context.timerService().registerProcessingTimeTimer(retireAtMs);
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<OutboundRecord> out)
      throws Exception {
    PartitionProgress now = progress();
    if (now.stage() == Stage.TRAINING) {
      train(context, out);
    } else if (now.stage() == Stage.SERVING && timestamp >= now.retireAtMs()) {
      retire(context.getCurrentKey(), out);
      progress.update(now.at(Stage.GROWING));
      trainWhenOutgrown(total.value(), context);
    }
  }

  private void trainWhenOutgrown(long passages, Context context) throws Exception {
    PartitionProgress now = progress();
    if (now.stage() == Stage.GROWING
        && passages >= Math.max(passagesMin, OUTGROWN * now.passages())) {
      progress.update(now.at(Stage.TRAINING));
      poll(context);
    }
  }

  /** Begins a training, or ends one that is through. */
  private void train(OnTimerContext context, Collector<OutboundRecord> out) throws Exception {
    int version = context.getCurrentKey();
    Training training = trainings.get(version);
    if (training == null) {
      SortedMap<Hash128, Int8Code> vectors = thinned();
      if (vectors.isEmpty()) {
        progress.update(progress().at(Stage.GROWING));
        return;
      }
      long passages = total.value();
      trainings.put(
          version,
          new Training(
              passages,
              CompletableFuture.supplyAsync(
                  () -> PartitionTraining.train(vectors, passages), thread)));
    } else if (training.partition().isDone()) {
      trainings.remove(version);
      publish(version, training, out);
      return;
    }
    poll(context);
  }

  private void publish(int version, Training training, Collector<OutboundRecord> out)
      throws Exception {
    List<PartitionChunk> chunks = PartitionChunk.of(training.partition().join());
    PartitionProgress next = progress().filling(training.passages(), chunks.size());
    progress.update(next);
    filled.clear();
    trained.inc();
    for (PartitionChunk chunk : chunks) {
      out.collect(event(new PartitionEvent(Kind.CHUNK, version, next.newest(), chunk)));
    }
  }

  /** The sample as its shards see it now; what has left it since it came is forgotten. */
  private SortedMap<Hash128, Int8Code> thinned() throws Exception {
    Map<Integer, Census> now = new HashMap<>();
    for (Map.Entry<Integer, Census> entry : census.entries()) {
      now.put(entry.getKey(), entry.getValue());
    }
    SortedMap<Hash128, Int8Code> vectors = new TreeMap<>();
    var passages = sample.entries().iterator();
    while (passages.hasNext()) {
      Map.Entry<Hash128, SampledVector> passage = passages.next();
      Census shard = now.getOrDefault(passage.getValue().shard(), Census.NONE);
      if (shard.samples(passage.getKey())) {
        vectors.put(passage.getKey(), passage.getValue().code());
      } else {
        passages.remove();
      }
    }
    return vectors;
  }

  /** The version has its time: with the first shard that says so, for every other's. */
  private void end(int version, Collector<OutboundRecord> out) throws Exception {
    PartitionProgress now = progress();
    sample.clear();
    census.clear();
    total.clear();
    filled.clear();
    trainings.remove(version);
    progress.update(now.at(Stage.OVER));
    if (now.newest() > 0) {
      out.collect(event(new PartitionEvent(Kind.OVER, version, now.newest(), null)));
      forget(new PartitionId(version, now.newest()), now.chunks(), out);
      forget(new PartitionId(version, now.newest() - 1), now.chunksBefore(), out);
    }
  }

  private void retire(int version, Collector<OutboundRecord> out) throws Exception {
    PartitionProgress now = progress();
    out.collect(event(new PartitionEvent(Kind.ALONE, version, now.newest(), null)));
    forget(new PartitionId(version, now.newest() - 1), now.chunksBefore(), out);
  }

  /** Takes the chunks of a partition off the topic. */
  private static void forget(PartitionId gone, int chunks, Collector<OutboundRecord> out) {
    for (int chunk = 0; chunk < chunks; chunk++) {
      out.collect(
          new OutboundRecord(
              OutboundRecord.BY_KEY, PartitionCodec.key(Kind.CHUNK, gone, chunk), null, List.of()));
    }
  }

  private static void poll(Context context) {
    long now = context.timerService().currentProcessingTime();
    context.timerService().registerProcessingTimeTimer(now + POLL_MS);
  }

  private PartitionProgress progress() throws Exception {
    PartitionProgress known = progress.value();
    return known == null ? PartitionProgress.NONE : known;
  }

  private static OutboundRecord event(PartitionEvent event) {
    PartitionChunk chunk = event.chunk();
    byte[] key = PartitionCodec.key(event.kind(), event.id(), chunk == null ? 0 : chunk.number());
    return OutboundRecord.byKey(key, PartitionCodec.encode(event));
  }
}
