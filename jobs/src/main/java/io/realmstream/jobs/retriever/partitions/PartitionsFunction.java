package io.realmstream.jobs.retriever.partitions;

import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.retriever.partitions.PartitionTrainings.Trainer;
import io.realmstream.jobs.retriever.partitions.PartitionTrainings.Training;
import io.realmstream.jobs.state.StateTable;
import io.realmstream.model.index.partition.PartitionChunk;
import io.realmstream.model.index.partition.PartitionEvent;
import io.realmstream.model.index.partition.PartitionEvent.Kind;
import io.realmstream.model.index.partition.PartitionId;
import io.realmstream.model.index.partition.PartitionTraining;
import io.realmstream.model.index.partition.progress.PartitionProgress;
import io.realmstream.model.index.partition.progress.PartitionProgress.Stage;
import io.realmstream.model.index.partition.progress.ProgressEvent;
import io.realmstream.model.index.partition.progress.ProgressEvent.Counted;
import io.realmstream.model.index.partition.progress.ProgressEvent.Ended;
import io.realmstream.model.index.partition.progress.ProgressEvent.Failed;
import io.realmstream.model.index.partition.progress.ProgressEvent.Filled;
import io.realmstream.model.index.partition.progress.ProgressEvent.Heard;
import io.realmstream.model.index.partition.progress.ProgressEvent.NothingToTrain;
import io.realmstream.model.index.partition.progress.ProgressEvent.Passed;
import io.realmstream.model.index.partition.progress.ProgressEvent.Trained;
import io.realmstream.model.index.partition.progress.ProgressStep;
import io.realmstream.model.serving.placement.Census;
import io.realmstream.model.serving.placement.Sample;
import io.realmstream.model.serving.placement.SampledVector;
import io.realmstream.model.serving.placement.TrainingSample;
import io.realmstream.schemas.Hash128;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
 * through the partitions topic, which everybody follows. {@link PartitionProgress} decides.
 *
 * <p>Training runs on a thread of its own. Its sample is gathered in slices, and what it gives is
 * published in slices. It is not in state: after a restore it begins anew, from the sample that was
 * restored, unless the run that was lost had published its outcome. One that fails, for lack of
 * memory for instance, is tried again after a pause; the version goes on as it is meanwhile.
 *
 * <p>State, by version: the sample ({@code sample}), bounded by {@code realm.partition.sample.max}
 * for each time that it was thinned out since the last training; its shards' census and their
 * total; the newest partition that each cell shard is filled with ({@code filled}); the progress.
 * Not in state: what this run has said, three commands a partition.
 */
public final class PartitionsFunction
    extends KeyedCoProcessFunction<Integer, Sample, PartitionNews, OutboundRecord> {
  public static final String UID = "partitions";
  private static final long serialVersionUID = 1L;
  private static final long POLL_MS = 50;

  /** Between two slices, so that other work has its turn. */
  private static final long SLICE_MS = 1;

  private static final long UNKNOWN = 0;

  /** Many times what anything takes that still speaks of a version when it has ended. */
  private static final long FORGET_MS = 3_600_000;

  private final int shards;
  private final long passagesMin;
  private final long retireDelayMs;
  private final Trainer trainer;
  private transient TrainingSample sample;
  private transient ValueState<Long> total;
  private transient MapState<Integer, Integer> filled;
  private transient ValueState<PartitionProgress> progress;
  private transient PartitionTrainings trainings;
  private transient Set<PartitionEvent> said;
  private transient long run;
  private transient Counter trained;
  private transient Counter failed;

  /**
   * @param shards how many document shards and how many cell shards there are
   * @param passagesMin from how many passages on a version is divided
   */
  @SuppressWarnings("NullAway.Init") // open comes before any record
  public PartitionsFunction(int shards, long passagesMin, Duration retireDelay) {
    this(shards, passagesMin, retireDelay, PartitionTraining::train);
  }

  @SuppressWarnings("NullAway.Init") // as above
  PartitionsFunction(int shards, long passagesMin, Duration retireDelay, Trainer trainer) {
    this.trainer = trainer;
    this.shards = shards;
    this.passagesMin = passagesMin;
    this.retireDelayMs = retireDelay.toMillis();
  }

  @Override
  public void open(OpenContext context) {
    var runtime = getRuntimeContext();
    sample =
        new TrainingSample(
            StateTable.of(runtime, "sample", Hash128.class, SampledVector.class),
            StateTable.of(runtime, "census", Integer.class, Census.class));
    total = runtime.getState(new ValueStateDescriptor<>("total", Long.class));
    filled = runtime.getMapState(new MapStateDescriptor<>("filled", Integer.class, Integer.class));
    progress = runtime.getState(new ValueStateDescriptor<>("progress", PartitionProgress.class));
    trainings = new PartitionTrainings(UID, trainer);
    said = new HashSet<>();
    run = UNKNOWN;
    OperatorMetrics metrics = new OperatorMetrics(runtime.getMetricGroup());
    trained = metrics.counter("trained");
    failed = metrics.counter("trainingsFailed");
  }

  @Override
  public void close() {
    if (trainings != null) {
      trainings.close();
    }
  }

  @Override
  public void processElement1(Sample passage, Context context, Collector<OutboundRecord> out)
      throws Exception {
    if (progress().stage() == Stage.OVER) {
      return;
    }
    if (passage.census().isOver()) {
      long now = context.timerService().currentProcessingTime();
      move(new Ended(now + FORGET_MS), context, out);
      return;
    }
    total.update(passages() + sample.add(passage));
    move(new Counted(passages(), passagesMin), context, out);
  }

  @Override
  public void processElement2(PartitionNews news, Context context, Collector<OutboundRecord> out)
      throws Exception {
    PartitionEvent command = news.said();
    if (news.run() != UNKNOWN) {
      run = news.run();
    } else if (command != null) {
      move(new Heard(command), context, out);
    } else if (progress().stage() != Stage.OVER) {
      filled.put(news.cellShard(), news.partition());
    }
    moveWhenFilled(context, out);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<OutboundRecord> out)
      throws Exception {
    Stage stage = progress().stage();
    if (stage == Stage.OVER && sample.forgetSome(context.getCurrentKey())) {
      lookIn(SLICE_MS, context);
      return;
    }
    if (stage == Stage.TRAINING) {
      train(context, out);
    }
    move(new Passed(timestamp), context, out);
    move(new Counted(passages(), passagesMin), context, out);
  }

  /** Takes in an event, says what follows from it, and does what is to be done next. */
  private void move(ProgressEvent event, Context context, Collector<OutboundRecord> out)
      throws Exception {
    int version = context.getCurrentKey();
    PartitionProgress before = progress();
    ProgressStep step = before.after(event);
    PartitionProgress next = step.next();
    if (!next.equals(before)) {
      progress.update(next.equals(PartitionProgress.NONE) ? null : next);
      wake(next, context, out);
    }
    say(next.commands(version, run), context, out);
    for (ProgressStep.Forgotten gone : step.forgotten()) {
      PartitionId id = new PartitionId(version, gone.partition());
      PartitionRecords.without(id, gone.chunks()).forEach(out::collect);
    }
    if (before.stage() == Stage.OVER && next.stage() != Stage.OVER && before.newest() > 0) {
      PartitionId last = new PartitionId(version, before.newest());
      out.collect(PartitionRecords.without(Kind.OVER, last, 0));
    }
  }

  private void moveWhenFilled(Context context, Collector<OutboundRecord> out) throws Exception {
    int newest = progress().newest();
    int count = 0;
    for (int partition : filled.values()) {
      count += partition == newest ? 1 : 0;
    }
    if (count == shards) {
      long now = context.timerService().currentProcessingTime();
      move(new Filled(newest, now + retireDelayMs), context, out);
    }
  }

  /** Sees to it that what a stage waits for is looked at. */
  private void wake(PartitionProgress now, Context context, Collector<OutboundRecord> out)
      throws Exception {
    switch (now.stage()) {
      case TRAINING -> lookIn(POLL_MS, context);
      case SERVING -> context.timerService().registerProcessingTimeTimer(now.dueMs());
      case OVER -> {
        context.timerService().registerProcessingTimeTimer(now.dueMs());
        lookIn(SLICE_MS, context);
        total.clear();
        filled.clear();
      }
      case GROWING, FILLING -> {} // records tell
    }
    int version = context.getCurrentKey();
    if (now.equals(PartitionProgress.NONE)) {
      said.removeIf(command -> command.version() == version);
    }
    if (now.stage() != Stage.TRAINING) {
      // the version may have ended before all was published
      int chunks = trainings.forget(version);
      PartitionRecords.withoutChunks(now.next(version), chunks).forEach(out::collect);
    }
  }

  /** Each command once a run; none before it is known what the run is called. */
  private void say(List<PartitionEvent> commands, Context context, Collector<OutboundRecord> out) {
    for (PartitionEvent command : commands) {
      if (run == UNKNOWN) {
        lookIn(POLL_MS, context);
      } else if (said.add(command)) {
        out.collect(PartitionRecords.of(command));
      }
    }
  }

  /** Gathers a slice of the sample, or ends a training that is through. */
  private void train(OnTimerContext context, Collector<OutboundRecord> out) throws Exception {
    int version = context.getCurrentKey();
    if (!trainings.isTraining(version)) {
      if (context.timestamp() < progress().dueMs()) {
        return; // a timer of this pause is set
      }
      if (trainings.gatherSome(version, sample, passages())) {
        lookIn(SLICE_MS, context);
      } else {
        move(new NothingToTrain(), context, out);
      }
      return;
    }
    Training training = run == UNKNOWN ? null : trainings.done(version);
    if (training == null) {
      lookIn(POLL_MS, context);
    } else if (training.isFailed()) {
      failed.inc();
      trainings.forget(version);
      move(new Failed(context.timerService().currentProcessingTime()), context, out);
      context.timerService().registerProcessingTimeTimer(progress().dueMs());
    } else {
      publish(training, context, out);
    }
  }

  /** Publishes a slice of what a training gave; behind the last one it is told to be there. */
  private void publish(Training training, Context context, Collector<OutboundRecord> out)
      throws Exception {
    PartitionId id = progress().next(context.getCurrentKey());
    for (PartitionChunk chunk : training.nextChunks()) {
      out.collect(PartitionRecords.of(PartitionEvent.chunk(id, chunk)));
    }
    if (training.isPublished()) {
      trained.inc();
      trainings.forget(id.version());
      move(new Trained(training.head()), context, out);
    } else {
      lookIn(POLL_MS, context);
    }
  }

  private static void lookIn(long ms, Context context) {
    long now = context.timerService().currentProcessingTime();
    context.timerService().registerProcessingTimeTimer(now + ms);
  }

  private long passages() throws Exception {
    Long known = total.value();
    return known == null ? 0 : known;
  }

  private PartitionProgress progress() throws Exception {
    PartitionProgress known = progress.value();
    return known == null ? PartitionProgress.NONE : known;
  }
}
