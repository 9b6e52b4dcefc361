package io.realmstream.jobs.retriever.cells;

import io.realmstream.jobs.DeadLetters;
import io.realmstream.jobs.DeadLetters.Reason;
import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.Refusals;
import io.realmstream.jobs.Shards;
import io.realmstream.jobs.retriever.partitions.PartitionNews;
import io.realmstream.model.index.Cell;
import io.realmstream.model.index.Cells;
import io.realmstream.model.index.IndexEntry;
import io.realmstream.model.index.partition.PartitionId;
import io.realmstream.model.index.store.CellId;
import io.realmstream.model.serving.cell.CellPartitions;
import io.realmstream.model.serving.cell.IndexDimensions;
import io.realmstream.model.serving.cell.RecentChanges;
import io.realmstream.model.serving.placement.CellUpdate;
import io.realmstream.model.serving.revision.Ack;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * The maximum-inner-product index: each cell shard's vectors in keyed state, searched by probes.
 *
 * <p>State, by cell shard: the packed blocks of its cells ({@code blocks}) and their float32
 * vectors ({@code vectors}), see {@link Cell} for their layout; bounded by the vectors of live
 * passages, plus what was removed since the last fold. One dimension a version ({@code
 * dimensions}), that of its first vector; vectors of another become dead letters. What it knows of
 * partitions: {@link CellPartitions}.
 *
 * <p>Nothing but speed depends on what is beside the state: the heap that {@link Cells} uses, and
 * the requests that wait for each other ({@link WaitingRequests}; none does when a snapshot is
 * taken). An operator and no function, because only an operator is told before a snapshot and has
 * timers that are not state.
 */
public final class CellsOperator extends AbstractStreamOperator<Partial>
    implements TwoInputStreamOperator<CellUpdate, Probe, Partial>,
        Triggerable<Integer, VoidNamespace> {
  public static final String UID = "cells";

  public static final OutputTag<PartitionNews> CELLS_FILLED = new OutputTag<>("cells-filled") {};

  public static final OutputTag<Ack> ACKS = new OutputTag<>("acks") {};

  private static final long serialVersionUID = 1L;

  /** Blocks, of about a hundred passages each, that are dropped before other work has its turn. */
  private static final int DROPPED_PER_SLICE = 16;

  private final Shards shards;
  private final long heapBytesMax;
  private final long recentMs;
  private transient RecentChanges recentChanges;
  private transient CellPartitions partitions;
  private transient InternalTimerService<VoidNamespace> drops;
  private transient Cells cells;
  private transient IndexDimensions dimensions;
  private transient IndexShards index;
  private transient WaitingRequests waiting;

  /** Shards of this subtask, which are its key groups. */
  private transient KeyGroupRange ours;

  private transient CellsMetrics counts;
  private transient Refusals refusals;

  /**
   * Makes an index.
   *
   * @param shards the document shards, and as many cell shards
   * @param heapBytesMax of blocks that each subtask may hold on the heap; 0 = none
   * @param recentMs for how long a vector that came, or is to be deleted, may stand in no revision
   */
  @SuppressWarnings("NullAway.Init") // open comes before any record
  public CellsOperator(Shards shards, long heapBytesMax, long recentMs) {
    this.shards = shards;
    this.heapBytesMax = heapBytesMax;
    this.recentMs = recentMs;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    recentChanges =
        new RecentChanges(recentMs, context.isRestored() ? now() + recentMs : Long.MIN_VALUE);
  }

  @Override
  public void open() throws Exception {
    super.open();
    ListState<byte[]> blocks = getOrCreateKeyedState(KeyedBlocks.NAMESPACE, KeyedBlocks.BLOCKS);
    ListState<byte[]> vectors = getOrCreateKeyedState(KeyedBlocks.NAMESPACE, KeyedBlocks.VECTORS);
    cells = new Cells(KeyedBlocks.of(blocks, vectors, this, shards), heapBytesMax);
    dimensions = CellsState.dimensions(getRuntimeContext());
    partitions = CellsState.partitions(getRuntimeContext(), shards.count());
    drops = getInternalTimerService("drops", VoidNamespaceSerializer.INSTANCE, this);
    index =
        new IndexShards(
            shards, this, new IndexShards.Parts(cells, dimensions, partitions, recentChanges));
    waiting = new WaitingRequests();
    TaskInfo task = getRuntimeContext().getTaskInfo();
    ours =
        KeyGroupRangeAssignment.computeKeyGroupRangeForOperatorIndex(
            shards.count(), task.getNumberOfParallelSubtasks(), task.getIndexOfThisSubtask());
    OperatorMetrics group = new OperatorMetrics(getRuntimeContext().getMetricGroup());
    counts = new CellsMetrics(group, cells);
    refusals = new Refusals(UID, group, Reason.DIMENSION);
  }

  @Override
  public void processElement1(StreamRecord<CellUpdate> element) throws Exception {
    CellUpdate update = element.getValue();
    PartitionId partition = update.partitionId();
    switch (update.kind()) {
      case FILLED -> {
        boolean gone = partitions.isGone(update.cellShard(), partition);
        if (!gone && partitions.filled(partition, update.place().documentShard())) {
          PartitionNews filled =
              PartitionNews.filled(partition.version(), partition.partition(), update.cellShard());
          output.collect(CELLS_FILLED, new StreamRecord<>(filled));
        }
      }
      case DROP -> {
        partitions.drop(partition, update.cellShard(), update.cells());
        dropSoon();
      }
      case RETIRE -> {
        for (int version : partitions.retire(update.cellShard(), update.ended())) {
          recentChanges.forget(version, update.cellShard());
        }
      }
      case DELETE_PENDING -> recentChanges.change(update.version(), update.cellShard(), now());
      case INSERT, DELETE -> {
        if (partitions.isGone(update.cellShard(), partition)) {
          acknowledge(update);
        } else {
          change(update);
        }
      }
    }
  }

  /** Drops a slice of what had its time. */
  @Override
  public void onProcessingTime(InternalTimer<Integer, VoidNamespace> timer) throws Exception {
    var next = partitions.next();
    if (next == null) {
      return;
    }
    PartitionId id = next.getKey();
    int number = next.getValue().next();
    CellId cell = new CellId(id.version(), id.partition(), number);
    Integer dimension = dimensions.get(shards.ofCell(number), id.version());
    if (dimension == null || !cells.cell(cell, dimension).clear(DROPPED_PER_SLICE)) {
      cells.forget(cell);
      partitions.dropped(id, next.getValue());
      if (partitions.isForgotten(shards.ofCell(number), id.version())) {
        dimensions.remove(shards.ofCell(number), id.version());
      }
    }
    dropSoon();
  }

  @Override
  public void onEventTime(InternalTimer<Integer, VoidNamespace> timer) {
    throw new IllegalStateException("no event time here: " + timer);
  }

  private void dropSoon() {
    drops.registerProcessingTimeTimer(VoidNamespace.INSTANCE, now() + 1);
  }

  private void change(CellUpdate update) throws Exception {
    Integer dimension = dimensions.get(update.cellShard(), update.version());
    if (update.kind() == CellUpdate.Kind.DELETE) {
      counts.deletes().inc();
      if (dimension != null) {
        cell(update, dimension).delete(update.uid(), update.change().revision());
      }
      return;
    }
    int length = update.change().vector().length;
    if (dimension == null) {
      dimensions.put(update.cellShard(), update.version(), length);
    } else if (dimension != length) {
      output.collect(DeadLetters.TAG, new StreamRecord<>(refused(update, dimension)));
      return;
    }
    counts.inserts().inc();
    recentChanges.change(update.version(), update.cellShard(), now());
    cell(update, length)
        .insert(
            new IndexEntry(
                update.uid(),
                update.change().revision(),
                update.place().documentShard(),
                update.change().vector()));
    acknowledge(update);
  }

  @Override
  public void processElement2(StreamRecord<Probe> element) throws Exception {
    boolean wasEmpty = waiting.isEmpty();
    Probe probe = element.getValue();
    int here = (int) Arrays.stream(probe.cellShards()).filter(ours::contains).count();
    List<List<Probe>> due = waiting.add(probe, here, now());
    if (!due.isEmpty()) {
      search(due);
    } else if (wasEmpty) {
      lookAgain(now() + 1);
    }
  }

  /** What waits leaves before the barrier, so that no probe has to be in the state. */
  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    searchAll();
  }

  @Override
  public void finish() throws Exception {
    searchAll();
    super.finish();
  }

  private long now() {
    return getProcessingTimeService().getCurrentProcessingTime();
  }

  private void lookAgain(long atMs) {
    var unused = getProcessingTimeService().registerTimer(atMs, time -> look());
  }

  private void look() throws Exception {
    if (waiting.isEmpty() || waiting.isDue(now())) {
      searchAll();
    } else {
      lookAgain(now() + 1);
    }
  }

  private void searchAll() throws Exception {
    if (!waiting.isEmpty()) {
      search(waiting.takeAll());
    }
  }

  private void search(List<List<Probe>> requests) throws Exception {
    List<List<Probe>> awaited = requests.stream().filter(this::isAwaited).toList();
    counts.dropped().inc(requests.size() - awaited.size());
    index.search(
        awaited,
        now(),
        partial -> {
          counts.searched(partial);
          output.collect(new StreamRecord<>(partial));
        });
    counts.batch(awaited.size());
    waiting.searched(now());
  }

  /** The merge has answered a request at its deadline without the parts that it lacked. */
  private boolean isAwaited(List<Probe> request) {
    return request.get(0).deadlineMs() > now();
  }

  private Cell cell(CellUpdate update, int dimension) {
    return cells.cell(
        new CellId(update.version(), update.place().partition(), update.place().cell()), dimension);
  }

  private void acknowledge(CellUpdate update) {
    if (update.copy().count() > 0) {
      output.collect(ACKS, new StreamRecord<>(update.ack()));
    }
  }

  private OutboundRecord refused(CellUpdate update, int dimension) {
    String message =
        "vector of passage %s: must have %d dimensions as version %d has (has %d)"
            .formatted(update.uid(), dimension, update.version(), update.change().vector().length);
    return refusals.refuse(update.change().document(), Reason.DIMENSION, message);
  }
}
