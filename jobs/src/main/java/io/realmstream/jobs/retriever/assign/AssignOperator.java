package io.realmstream.jobs.retriever.assign;

import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.jobs.retriever.partitions.PartitionState;
import io.realmstream.jobs.retriever.vectors.CountedBeat;
import io.realmstream.jobs.retriever.vectors.PassageEvent;
import io.realmstream.jobs.retriever.vectors.PublishedVectors;
import io.realmstream.model.index.partition.PartitionEvent;
import io.realmstream.model.index.partition.PartitionId;
import io.realmstream.model.index.partition.table.PartitionEntry;
import io.realmstream.model.index.partition.table.PartitionTable;
import io.realmstream.model.serving.BeatPosition;
import io.realmstream.model.serving.placement.AssignedShard;
import io.realmstream.model.serving.placement.CellUpdate;
import io.realmstream.model.serving.placement.PlacedPassages;
import io.realmstream.model.serving.placement.Sample;
import io.realmstream.model.version.EndedIndexes;
import io.realmstream.schemas.vectors.ShardRound;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Routes the passages of its document shards to cells, fills new partitions, and forgets versions
 * that had their time.
 *
 * <p>An operator and not a function, because a partition that becomes complete concerns every shard
 * at once: the broadcast side of a function could not set timers for them.
 *
 * <p>A new partition is filled by a walk over each shard's passages, a slice a timer, while edits
 * go to the old partition and to the new one. When a shard's walk is over it tells each cell shard,
 * in order behind its passages.
 *
 * <p>Until a partition's centroids are there, after a restart for instance, what comes for its
 * version waits in keyed state, and answers do not count it as current.
 *
 * <p>State: which partitions are in use, broadcast; by shard that of {@link AssignedShard}.
 */
public final class AssignOperator extends AbstractStreamOperator<CellUpdate>
    implements TwoInputStreamOperator<PassageEvent, PartitionEvent, CellUpdate>,
        Triggerable<Integer, String> {
  public static final String UID = "assign";

  /** What is told to whoever trains partitions. */
  public static final OutputTag<Sample> SAMPLES = new OutputTag<>("samples") {};

  private static final long serialVersionUID = 1L;

  /** Timers are told apart by namespace: removals that are due, and slices of walks. */
  private static final String DELETES = "deletes";

  private static final String WALK = "walk";

  /** How long what has been put together waits at most. */
  private static final long LOOK_MS = 20;

  private final AssignSettings settings;
  private transient @Nullable Map<Integer, Integer> numbers;
  private transient @Nullable BroadcastState<PartitionId, PartitionEntry> kept;
  private transient @Nullable PartitionState partitions;
  private transient @Nullable AssignedShard shard;
  private transient @Nullable InternalTimerService<String> timers;
  private transient @Nullable Counter inserts;
  private transient @Nullable Counter deletes;
  private transient @Nullable Counter repeats;
  private transient @Nullable Counter walked;
  private transient boolean isLooking;

  /** The checkpoint that this run of the job was restored from, as {@link CountedBeat} has it. */
  private transient long restored;

  public AssignOperator(AssignSettings settings) {
    this.settings = settings;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    kept = context.getOperatorStateStore().getBroadcastState(PartitionState.DESCRIPTOR);
    partitions = new PartitionState(UID, kept);
    restored = context.getRestoredCheckpointId().orElse(CountedBeat.NO_CHECKPOINT);
  }

  @Override
  public void open() throws Exception {
    super.open();
    timers = getInternalTimerService("timers", StringSerializer.INSTANCE, this);
    shard =
        AssignState.shard(
            getRuntimeContext(),
            settings,
            new PlacedPassages.Cells(
                settings.shards().sharding(),
                opened(partitions).table(),
                update -> output.collect(new StreamRecord<>(update))),
            sample -> output.collect(SAMPLES, new StreamRecord<>(sample)));
    OperatorMetrics metrics = new OperatorMetrics(getRuntimeContext().getMetricGroup());
    inserts = metrics.counter("inserts");
    deletes = metrics.counter("deletes");
    repeats = metrics.counter("repeatsIgnored");
    walked = metrics.counter("walked");
    // a shard's number is that of its key group: the range says which shards are this subtask's
    Map<Integer, Integer> owned = new TreeMap<>();
    TaskInfo task = getRuntimeContext().getTaskInfo();
    for (int number :
        KeyGroupRangeAssignment.computeKeyGroupRangeForOperatorIndex(
            settings.shards().count(),
            task.getNumberOfParallelSubtasks(),
            task.getIndexOfThisSubtask())) {
      owned.put(settings.shards().key(number), number);
    }
    numbers = owned;
    // walks begin anew after a restore
    walkEverywhere();
  }

  @Override
  public void close() throws Exception {
    if (partitions != null) {
      partitions.close();
    }
    super.close();
  }

  @Override
  public void processElement1(StreamRecord<PassageEvent> element) throws Exception {
    PassageEvent event = element.getValue();
    EndedIndexes ended = event.ended();
    if (ended != null) {
      opened(shard).retire(event.shard(), ended);
      soon(WALK);
    }
    ShardRound round = event.round();
    if (round != null) {
      opened(shard).round(round);
      soon(WALK);
    }
    if (event.isGap()) {
      opened(shard).lose(event.shard());
      soon(WALK);
    }
    CountedBeat beat = event.beat();
    if (beat != null && beat.restored() >= restored) {
      opened(shard).hear(event.shard(), beat.position());
    }
    BeatPosition settled = event.settled();
    if (settled != null) {
      settle(event.shard(), settled);
    }
    PublishedVectors published = event.published();
    if (published != null) {
      AssignedShard.Accepted accepted =
          opened(shard).accept(published.vectors(), published.again());
      opened(inserts).inc(accepted.inserted());
      opened(repeats).inc(accepted.repeated() ? 1 : 0);
    }
  }

  private void settle(int number, BeatPosition settled) {
    long now = getProcessingTimeService().getCurrentProcessingTime();
    long dueMs = opened(shard).settle(number, settled, now);
    if (dueMs > now) {
      opened(timers).registerProcessingTimeTimer(DELETES, dueMs);
    }
  }

  @Override
  public void processElement2(StreamRecord<PartitionEvent> element) throws Exception {
    PartitionEvent event = element.getValue();
    PartitionTable table = opened(partitions).table();
    if (!event.isCommand()) {
      opened(partitions).apply(event, opened(kept));
      awaitAssembled();
      return;
    }
    Map<Integer, Integer> before = cellsByPartition(table, event.version());
    opened(partitions).apply(event, opened(kept));
    awaitAssembled();
    Map<Integer, Integer> dropped = new HashMap<>(before);
    dropped.keySet().removeAll(table.live(event.version()));
    for (Map.Entry<Integer, Integer> number : opened(numbers).entrySet()) {
      setCurrentKey(number.getKey());
      for (Map.Entry<Integer, Integer> partition : dropped.entrySet()) {
        PartitionId id = new PartitionId(event.version(), partition.getKey());
        opened(shard).drop(number.getValue(), id, partition.getValue());
      }
    }
    // a new partition is to be filled, or a lost one is not waited for any more
    walkEverywhere();
  }

  /** Looks again, on the task's thread, until everything is put together. */
  private void awaitAssembled() {
    if (opened(partitions).isAssembling() && !isLooking) {
      isLooking = true;
      long at = getProcessingTimeService().getCurrentProcessingTime() + LOOK_MS;
      var unused = getProcessingTimeService().registerTimer(at, time -> look());
    }
  }

  /** Takes over what has been put together; returns whether there will be more. */
  public boolean look() {
    isLooking = false;
    if (opened(partitions).takeAssembled()) {
      walkEverywhere();
    }
    awaitAssembled();
    return isLooking;
  }

  private Map<Integer, Integer> cellsByPartition(PartitionTable table, int version) {
    Map<Integer, Integer> cells = new TreeMap<>();
    for (int live : table.live(version)) {
      PartitionEntry entry = table.entry(new PartitionId(version, live));
      cells.put(live, entry == null ? settings.shards().count() : entry.head().cells());
    }
    return cells;
  }

  @Override
  public void onProcessingTime(InternalTimer<Integer, String> timer) throws Exception {
    Integer number = opened(numbers).get(timer.getKey());
    if (number == null) {
      throw new IllegalStateException("a timer of a shard of another subtask: " + timer);
    }
    if (timer.getNamespace().equals(DELETES)) {
      opened(deletes).inc(opened(shard).deleteDue(number, timer.getTimestamp()));
    } else {
      walk(number);
    }
  }

  private void walk(int number) {
    AssignedShard.Walked slice = opened(shard).walk(number);
    opened(walked).inc(slice.placed());
    if (slice.more()) {
      soon(WALK);
    }
  }

  @Override
  public void onEventTime(InternalTimer<Integer, String> timer) {
    throw new IllegalStateException("no event time here: " + timer);
  }

  /** Gives every shard a timer; one that has nothing to walk sets no other. */
  private void walkEverywhere() {
    opened(shard).lookAgain();
    for (Integer key : opened(numbers).keySet()) {
      setCurrentKey(key);
      soon(WALK);
    }
  }

  private void soon(String namespace) {
    long now = getProcessingTimeService().getCurrentProcessingTime();
    opened(timers).registerProcessingTimeTimer(namespace, now + 1);
  }

  private static <T> T opened(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("not open");
    }
    return part;
  }
}
