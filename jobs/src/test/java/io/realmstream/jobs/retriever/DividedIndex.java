package io.realmstream.jobs.retriever;

import static io.realmstream.jobs.retriever.IndexHarnesses.take;

import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.Shards;
import io.realmstream.jobs.retriever.assign.AssignOperator;
import io.realmstream.jobs.retriever.cells.CellsOperator;
import io.realmstream.jobs.retriever.cells.Partial;
import io.realmstream.jobs.retriever.cells.Probe;
import io.realmstream.jobs.retriever.partitions.DecodePartitionsOperator;
import io.realmstream.jobs.retriever.partitions.PartitionNews;
import io.realmstream.jobs.retriever.partitions.PartitionsTopic;
import io.realmstream.jobs.retriever.passages.Found;
import io.realmstream.jobs.retriever.query.EmbeddedQuery;
import io.realmstream.jobs.retriever.query.RouteFunction;
import io.realmstream.jobs.retriever.query.RoutedQuery;
import io.realmstream.jobs.retriever.vectors.PassageEvent;
import io.realmstream.model.index.partition.PartitionEvent;
import io.realmstream.model.index.topk.Hit;
import io.realmstream.model.serving.placement.CellUpdate;
import io.realmstream.model.serving.placement.Sample;
import io.realmstream.model.serving.revision.Ack;
import io.realmstream.model.version.EndedIndexes;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.query.QueryKind;
import io.realmstream.schemas.query.QueryOptions;
import io.realmstream.schemas.query.QueryScope;
import io.realmstream.schemas.vectors.PassageVectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/**
 * The part of the retriever that divides vectors into cells, operator by operator on the real state
 * backend: assign and cells in any number of subtasks, route, partitions, and a list for the topic.
 * Time is the test's.
 */
final class DividedIndex {
  static final Shards SHARDS = new Shards(4);
  static final long DELETE_DELAY_MS = 10_000;
  static final long RETIRE_DELAY_MS = 60_000;

  /**
   * What a query found.
   *
   * @param cells how many cells were searched
   */
  record Found(List<Hit> hits, RoutedQuery routed, int cells, List<Probe> probes) {
    String partition() {
      return routed.query().stamped().version().partition();
    }
  }

  private final long passagesMin;
  private final List<TwoInputStreamOperatorTestHarness<PassageEvent, PartitionEvent, CellUpdate>>
      assign = new ArrayList<>();
  private final List<TwoInputStreamOperatorTestHarness<CellUpdate, Probe, Partial>> cells =
      new ArrayList<>();
  private final TwoInputStreamOperatorTestHarness<Sample, PartitionNews, OutboundRecord> partitions;
  private final TwoInputStreamOperatorTestHarness<EmbeddedQuery, PartitionEvent, Probe> route;
  private final PartitionsTopic topic;
  private final List<Ack> acks = new ArrayList<>();
  private long nowMs;
  private int queries;
  private boolean published;

  DividedIndex(long passagesMin, int parallelism) throws Exception {
    this(passagesMin, parallelism, 0, null);
  }

  private DividedIndex(
      long passagesMin, int parallelism, long nowMs, @Nullable DividedIndexSnapshot from)
      throws Exception {
    this.passagesMin = passagesMin;
    this.nowMs = nowMs;
    IndexHarnesses harnesses = new IndexHarnesses(passagesMin, nowMs);
    for (int subtask = 0; subtask < parallelism; subtask++) {
      assign.add(
          harnesses.open(
              IndexHarnesses.assign(parallelism, subtask),
              from == null ? null : from.assign(),
              parallelism,
              subtask));
      cells.add(
          harnesses.open(
              IndexHarnesses.cells(parallelism, subtask),
              from == null ? null : from.cells(),
              parallelism,
              subtask));
    }
    partitions =
        harnesses.open(
            harnesses.partitions(), from == null ? null : List.of(from.partitions()), 1, 0);
    route =
        harnesses.open(IndexHarnesses.route(), from == null ? null : List.of(from.route()), 1, 0);
    topic = new PartitionsTopic(from == null ? List.of() : from.topic(), nowMs);
  }

  /** Takes a savepoint, ends, and goes on from it. */
  DividedIndex restored(int parallelism) throws Exception {
    DividedIndexSnapshot snapshot = checkpoint();
    close();
    DividedIndex index = restored(snapshot, parallelism);
    index.settle();
    return index;
  }

  DividedIndex restored(DividedIndexSnapshot snapshot, int parallelism) throws Exception {
    return new DividedIndex(passagesMin, parallelism, nowMs, snapshot);
  }

  DividedIndexSnapshot checkpoint() throws Exception {
    List<OperatorSubtaskState> assigned = new ArrayList<>();
    List<OperatorSubtaskState> held = new ArrayList<>();
    for (int subtask = 0; subtask < assign.size(); subtask++) {
      assigned.add(assign.get(subtask).snapshot(1, nowMs));
      held.add(cells.get(subtask).snapshot(1, nowMs));
    }
    var progress = partitions.snapshot(1, nowMs);
    var routed = route.snapshot(1, nowMs);
    return new DividedIndexSnapshot(
        assigned, held, progress, routed, topic.read(), topic.records());
  }

  /** All that was ever written to the partitions topic. */
  List<OutboundRecord> topic() {
    return topic.records();
  }

  void write(OutboundRecord record) {
    topic.write(record);
  }

  /** Takes in a record of the vectors topic, and lets everything that it causes happen. */
  void accept(PassageVectors record) throws Exception {
    hear(PassageEvent.of(record));
  }

  /** Every shard hears that a version had its time. */
  void retire(int version) throws Exception {
    end(EndedIndexes.only(version));
  }

  /** Every shard hears what the version log says; the vectors topic says nothing of it. */
  void end(EndedIndexes ended) throws Exception {
    for (int shard : SHARDS.all()) {
      hear(PassageEvent.ended(shard, ended));
    }
  }

  void hear(PassageEvent event) throws Exception {
    assign.get(owner(event.shard())).processElement1(new StreamRecord<>(event));
    settle();
  }

  /** Entries of the keyed state of assign, cells and partitions. */
  int entries() throws Exception {
    List<AbstractStreamOperatorTestHarness<?>> all = new ArrayList<>(assign);
    all.addAll(cells);
    all.add(partitions);
    int entries = 0;
    for (var subtask : all) {
      entries += StateEntries.count(subtask);
    }
    return entries;
  }

  private void tell(PartitionEvent event) throws Exception {
    for (var subtask : assign) {
      subtask.processElement2(new StreamRecord<>(event));
    }
    route.processElement2(new StreamRecord<>(event));
  }

  void pass(long ms) throws Exception {
    nowMs += ms;
    for (var subtask : assign) {
      subtask.setProcessingTime(nowMs);
    }
    settle();
    for (var subtask : cells) {
      subtask.setProcessingTime(nowMs);
    }
    partitions.setProcessingTime(nowMs);
    topic.pass(nowMs);
    settle();
  }

  Found find(float[] vector, int k, boolean exact, @Nullable Integer nprobe) throws Exception {
    String request = "request" + queries++;
    QueryScope scope = new QueryScope(k, null, exact, nprobe, null);
    Query query = new Query("id", "text", QueryKind.RETRIEVE, scope, null, QueryOptions.DEFAULT);
    route.processElement1(
        new StreamRecord<>(IndexHarnesses.embedded(request, query, vector, nowMs)));
    RoutedQuery routed = take(route, RouteFunction.ROUTED).get(0);
    List<Hit> hits = new ArrayList<>();
    int searched = 0;
    List<Probe> probes = take(route);
    for (Probe probe : probes) {
      Partial partial = search(probe);
      hits.addAll(partial.hits());
      searched += partial.tally().cells();
    }
    return new Found(hits.stream().sorted().toList(), routed, searched, probes);
  }

  Partial search(Probe probe) throws Exception {
    var subtask = cells.get(owner(probe.cellShard()));
    subtask.processElement2(new StreamRecord<>(probe));
    subtask.prepareSnapshotPreBarrier(1); // nothing waits for other probes
    return take(subtask).get(0);
  }

  /** Whether something was published since the last call. */
  boolean takePublished() {
    boolean did = published;
    published = false;
    return did;
  }

  List<Ack> takeAcks() {
    List<Ack> taken = List.copyOf(acks);
    acks.clear();
    return taken;
  }

  /** The partitions that the cells' state has a value of. */
  Set<Integer> partitionsHeld() throws Exception {
    Set<Integer> held = new TreeSet<>();
    for (var subtask : cells) {
      held.addAll(StateEntries.partitions(subtask));
    }
    return held;
  }

  void close() throws Exception {
    for (var subtask : assign) {
      subtask.close();
    }
    for (var subtask : cells) {
      subtask.close();
    }
    partitions.close();
    route.close();
    topic.close();
  }

  /** Hands on what came out of each operator until nothing comes any more. */
  private void settle() throws Exception {
    boolean busy = true;
    while (busy) {
      busy = false;
      for (var subtask : assign) {
        for (CellUpdate update : take(subtask)) {
          cells.get(owner(update.place().cellShard())).processElement1(new StreamRecord<>(update));
          busy = true;
        }
        for (Sample sample : take(subtask, AssignOperator.SAMPLES)) {
          partitions.processElement1(new StreamRecord<>(sample));
        }
      }
      for (var subtask : cells) {
        acks.addAll(take(subtask, CellsOperator.ACKS));
        for (PartitionNews filled : take(subtask, CellsOperator.CELLS_FILLED)) {
          partitions.processElement2(new StreamRecord<>(filled));
        }
      }
      for (OutboundRecord record : take(partitions)) {
        published = true;
        topic.write(record);
      }
      topic.readOn();
      for (PartitionEvent event : take(topic.harness())) {
        tell(event);
        busy = true;
      }
      for (PartitionNews news : take(topic.harness(), DecodePartitionsOperator.PARTITION_NEWS)) {
        partitions.processElement2(new StreamRecord<>(news));
        busy = true;
      }
      if (!busy) {
        IndexHarnesses.awaitAssembled(assign, route);
      }
    }
  }

  private int owner(int shard) {
    // as Flink spreads key groups over subtasks
    return shard * assign.size() / SHARDS.count();
  }
}
