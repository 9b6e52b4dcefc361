package io.realmstream.jobs.retriever.query;

import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.jobs.Shards;
import io.realmstream.jobs.retriever.cells.Probe;
import io.realmstream.jobs.retriever.cells.Sought;
import io.realmstream.jobs.retriever.partitions.PartitionState;
import io.realmstream.model.index.partition.Partition;
import io.realmstream.model.index.partition.PartitionEvent;
import io.realmstream.model.index.partition.PartitionHead;
import io.realmstream.model.index.partition.PartitionId;
import io.realmstream.model.index.partition.ProbeLimit;
import io.realmstream.model.index.partition.table.PartitionEntry;
import io.realmstream.model.index.partition.table.PartitionTable;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.answer.IndexVersion;
import io.realmstream.schemas.query.Query;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.BroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Decides by which partition a query is answered and which of its cells are searched, and asks each
 * of their shards once. The query itself goes to the merge. All that comes after uses this
 * decision: a query never meets the cells of two partitions.
 *
 * <p>Passages that a query names may be in any cell, so all cells are searched for them.
 *
 * <p>Until a partition's centroids are there, after a restart for instance, all of its cells are
 * searched: such an answer is exact.
 *
 * <p>State: which partitions are in use, broadcast.
 */
public final class RouteFunction
    extends BroadcastProcessFunction<EmbeddedQuery, PartitionEvent, Probe>
    implements CheckpointedFunction {
  public static final String UID = "route";

  public static final OutputTag<RoutedQuery> ROUTED = new OutputTag<>("routed") {};

  private static final long serialVersionUID = 1L;

  private final Shards shards;
  private transient @Nullable PartitionState partitions;
  private transient Answers answers;
  private transient Histogram cellsProbed;

  @SuppressWarnings("NullAway.Init") // open comes before any record
  public RouteFunction(Shards shards) {
    this.shards = shards;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    partitions =
        new PartitionState(
            UID, context.getOperatorStateStore().getBroadcastState(PartitionState.DESCRIPTOR));
  }

  @Override
  public void open(OpenContext context) {
    OperatorMetrics metrics = new OperatorMetrics(getRuntimeContext().getMetricGroup());
    metrics.gauge("partitionsIncomplete", () -> partitions().table().incomplete());
    answers = new Answers(metrics);
    cellsProbed = metrics.histogram("cellsProbed");
  }

  @Override
  public void close() {
    if (partitions != null) {
      partitions.close();
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) {
    // the broadcast state is kept up to date by every event
  }

  @Override
  public void processBroadcastElement(PartitionEvent event, Context context, Collector<Probe> out)
      throws Exception {
    BroadcastState<PartitionId, PartitionEntry> kept =
        context.getBroadcastState(PartitionState.DESCRIPTOR);
    partitions().apply(event, kept);
  }

  @Override
  public void processElement(EmbeddedQuery query, ReadOnlyContext context, Collector<Probe> out) {
    StampedQuery stamped = query.stamped();
    String failure = query.failure();
    if (failure != null) {
      AnswerStatus status = query.failedAs() == null ? AnswerStatus.FAILED : query.failedAs();
      context.output(Answers.EARLY, answers.refusal(stamped.request(), status, failure));
      return;
    }
    var unused = partitions().takeAssembled();
    int version = stamped.index();
    PartitionTable table = partitions().table();
    PartitionId id = new PartitionId(version, table.serving(version));
    PartitionEntry entry = table.entry(id);
    int count = entry == null ? shards.count() : entry.head().cells();
    // the most promising shard first: what it finds spares the others work
    Map<Integer, List<Integer>> byShard = new LinkedHashMap<>();
    int[] cells = cells(query, table.get(id), count);
    for (int cell : cells) {
      byShard.computeIfAbsent(shards.ofCell(cell), shard -> new ArrayList<>()).add(cell);
    }
    cellsProbed.update(cells.length);
    boolean exact = cells.length == count;
    EmbeddedQuery routed = entry == null ? query : under(query, entry.head());
    context.output(ROUTED, new RoutedQuery(routed, byShard.size(), cells.length, exact));
    int[] asked = ints(byShard.keySet());
    byShard.forEach(
        (shard, probed) ->
            out.collect(probe(query, id.partition(), new Target(shard, asked, ints(probed)))));
  }

  public PartitionState partitions() {
    if (partitions == null) {
      throw new IllegalStateException("not initialized");
    }
    return partitions;
  }

  private static int[] cells(EmbeddedQuery query, @Nullable Partition partition, int count) {
    // a vector of another dimension meets no vector in any cell
    if (partition == null || query.vector().length != partition.centroids().dimension()) {
      return IntStream.range(0, count).toArray();
    }
    var asked = query.stamped().query();
    ProbeLimit probes = partition.probes();
    if (asked.scope().exact() || asked.options().competition().passages() != null) {
      probes = ProbeLimit.of(partition.cells());
    } else if (asked.scope().nprobe() != null) {
      probes = ProbeLimit.of(asked.scope().nprobe());
    }
    return partition.centroids().ranked(query.vector(), probes);
  }

  private static EmbeddedQuery under(EmbeddedQuery query, PartitionHead partition) {
    StampedQuery stamped = query.stamped();
    IndexVersion version = stamped.version();
    return query.stamped(
        stamped.version(
            new IndexVersion(
                version.number(),
                version.documentTower(),
                version.queryTower(),
                version.reader(),
                partition.digest().toString())));
  }

  private static int[] ints(Collection<Integer> numbers) {
    return numbers.stream().mapToInt(number -> number).toArray();
  }

  /** Where a probe goes, where its siblings go, and what it searches there. */
  private record Target(int shard, int[] shards, int[] cells) {}

  private static Probe probe(EmbeddedQuery query, int partition, Target target) {
    StampedQuery stamped = query.stamped();
    return new Probe(
        stamped.id(),
        stamped.request().deadlineMs(),
        new PartitionId(stamped.index(), partition),
        target.shard(),
        target.shards(),
        target.cells(),
        new Sought(stamped.request().limit(), query.vector(), passages(stamped.query())));
  }

  private static @Nullable List<Hash128> passages(Query query) {
    List<String> uids = query.options().competition().passages();
    return uids == null ? null : uids.stream().map(Hash128::parse).toList();
  }
}
