package io.realmstream.deploy.bench.index;

import io.realmstream.jobs.Shards;
import io.realmstream.jobs.retriever.Ack;
import io.realmstream.jobs.retriever.CellUpdate;
import io.realmstream.jobs.retriever.CellsOperator;
import io.realmstream.jobs.retriever.Partial;
import io.realmstream.jobs.retriever.Probe;
import io.realmstream.model.index.Hit;
import io.realmstream.model.index.Hits;
import io.realmstream.model.index.partition.Partition;
import io.realmstream.schemas.Hash128;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.storage.FileSystemCheckpointStorage;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * The cells operator on its RocksDB state, in the harness that Flink tests its operators with: no
 * network, no other thread than the caller's, so that its CPU time is that of the operator. What
 * the operators before it do is done here: a passage's uid is its number, hashed; its cell, and the
 * cells of a query, are those of the flat partition, or of a trained one.
 */
final class BenchedCells {
  private static final int SHARDS = 16;
  private static final Shards KEYS = new Shards(SHARDS);

  /** RocksDB's caches and write buffers: half of what the embedded run has for everything. */
  private static final MemorySize ROCKSDB_MEMORY = MemorySize.ofMebiBytes(256);

  /** The operator's side output, of no interest here. */
  private static final OutputTag<Ack> ACKS = new OutputTag<>("acks") {};

  private static final float[] NO_VECTOR = {};

  private final Path folder;
  private final long heapBytesMax;
  private final @Nullable Partition partition;
  private final List<KeyedTwoInputStreamOperatorTestHarness<Integer, CellUpdate, Probe, Partial>>
      subtasks = new ArrayList<>();
  private int nprobe;
  private long timeMs;
  private long requests;

  private BenchedCells(Path folder, long heapBytesMax, @Nullable Partition partition) {
    this.folder = folder;
    this.heapBytesMax = heapBytesMax;
    this.partition = partition;
    this.nprobe = partition == null ? SHARDS : partition.nprobe();
  }

  /**
   * Starts one subtask without state.
   *
   * @param folder for checkpoints
   * @param partition null = flat
   */
  static BenchedCells start(Path folder, long heapBytesMax, @Nullable Partition partition)
      throws Exception {
    BenchedCells cells = new BenchedCells(folder, heapBytesMax, partition);
    var subtask = cells.subtask(1, 0);
    subtask.open();
    cells.subtasks.add(subtask);
    return cells;
  }

  /** Takes a snapshot of every subtask. */
  OperatorSubtaskState snapshot(long checkpoint) throws Exception {
    List<OperatorSubtaskState> states = new ArrayList<>();
    for (var subtask : subtasks) {
      subtask.prepareSnapshotPreBarrier(checkpoint);
      states.add(subtask.snapshot(checkpoint, checkpoint));
    }
    return AbstractStreamOperatorTestHarness.repackageState(
        states.toArray(OperatorSubtaskState[]::new));
  }

  /** Starts subtasks from what {@link #snapshot} gave. */
  BenchedCells restored(OperatorSubtaskState state, int parallelism, long heapBytes)
      throws Exception {
    BenchedCells cells = new BenchedCells(folder, heapBytes, partition);
    cells.nprobe = nprobe;
    for (int i = 0; i < parallelism; i++) {
      var subtask = cells.subtask(parallelism, i);
      subtask.initializeState(
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              state, SHARDS, subtasks.size(), parallelism, i));
      subtask.open();
      cells.subtasks.add(subtask);
    }
    return cells;
  }

  /** How many cells each query probes from now on. */
  void probe(int cells) {
    nprobe = cells;
  }

  /** The cell that takes a passage with that vector. */
  int cellOf(int number, float[] vector) {
    return partition == null ? KEYS.of(uid(number)) : partition.cellOf(vector);
  }

  void insert(int number, int cell, long revision, float[] vector) throws Exception {
    Hash128 uid = uid(number);
    update(
        new CellUpdate(
            CellUpdate.Kind.INSERT,
            1,
            number(),
            KEYS.ofCell(cell),
            cell,
            uid,
            revision,
            0,
            "document",
            vector,
            0,
            1));
  }

  void delete(int number, int cell, long revision) throws Exception {
    Hash128 uid = uid(number);
    update(
        new CellUpdate(
            CellUpdate.Kind.DELETE,
            1,
            number(),
            KEYS.ofCell(cell),
            cell,
            uid,
            revision,
            0,
            "document",
            NO_VECTOR,
            0,
            0));
  }

  /** Asks one query after the other, each alone. */
  List<List<Hit>> searchAlone(List<float[]> queries, int k) throws Exception {
    List<List<Hit>> hits = new ArrayList<>();
    for (float[] query : queries) {
      timeMs += 1_000; // so quiet that no probe waits
      setTime();
      hits.addAll(search(List.of(query), k));
    }
    return hits;
  }

  /** Asks all queries at once, as many clients do. */
  List<List<Hit>> searchTogether(List<float[]> queries, int k) throws Exception {
    ask("one before, after which the others are not alone", queries.get(0), k);
    takePartials();
    return search(queries, k);
  }

  private List<List<Hit>> search(List<float[]> queries, int k) throws Exception {
    Map<String, Integer> asked = new LinkedHashMap<>();
    for (float[] query : queries) {
      String request = "request " + requests++;
      asked.put(request, ask(request, query, k));
    }
    for (var subtask : subtasks) {
      subtask.prepareSnapshotPreBarrier(0);
    }
    Map<String, List<Partial>> found =
        takePartials().stream().collect(Collectors.groupingBy(Partial::request));
    List<List<Hit>> hits = new ArrayList<>();
    asked.forEach(
        (request, shards) -> {
          List<Partial> partials = found.getOrDefault(request, List.of());
          if (partials.size() != shards) {
            throw new IllegalStateException(request + " has " + partials.size() + " partials");
          }
          hits.add(Hits.merge(partials.stream().map(Partial::hits).toList(), k));
        });
    return hits;
  }

  /** Returns how many shards were asked. */
  private int ask(String request, float[] query, int k) throws Exception {
    int[] ranked = partition == null ? KEYS.all() : partition.centroids().ranked(query, nprobe);
    Map<Integer, List<Integer>> byShard = new TreeMap<>();
    for (int cell : ranked) {
      byShard.computeIfAbsent(KEYS.ofCell(cell), shard -> new ArrayList<>()).add(cell);
    }
    for (Map.Entry<Integer, List<Integer>> entry : byShard.entrySet()) {
      int shard = entry.getKey();
      int[] cells = entry.getValue().stream().mapToInt(cell -> cell).toArray();
      Probe probe = new Probe(request, Long.MAX_VALUE, 1, number(), shard, cells, k, query);
      subtask(shard).processElement2(new StreamRecord<>(probe));
    }
    return byShard.size();
  }

  private int number() {
    return partition == null ? Partition.FLAT : Partition.FLAT + 1;
  }

  private List<Partial> takePartials() {
    List<Partial> partials = new ArrayList<>();
    for (var subtask : subtasks) {
      partials.addAll(subtask.extractOutputValues());
      subtask.getOutput().clear();
    }
    return partials;
  }

  private void update(CellUpdate update) throws Exception {
    subtask(update.cellShard()).processElement1(new StreamRecord<>(update));
  }

  /** Forgets the acknowledgements so far. */
  void dropAcks() {
    for (var subtask : subtasks) {
      var acks = subtask.getSideOutput(ACKS);
      if (acks != null) {
        acks.clear();
      }
    }
  }

  static Hash128 uid(int number) {
    return Hash128.ofTexts(Integer.toString(number));
  }

  private KeyedTwoInputStreamOperatorTestHarness<Integer, CellUpdate, Probe, Partial> subtask(
      int shard) {
    return subtasks.get(shard * subtasks.size() / SHARDS);
  }

  private void setTime() throws Exception {
    for (var subtask : subtasks) {
      subtask.setProcessingTime(timeMs);
    }
  }

  void close() throws Exception {
    for (var subtask : subtasks) {
      subtask.close();
    }
  }

  private KeyedTwoInputStreamOperatorTestHarness<Integer, CellUpdate, Probe, Partial> subtask(
      int parallelism, int index) throws Exception {
    var subtask =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new CellsOperator(SHARDS, heapBytesMax),
            KEYS.by(CellUpdate::cellShard),
            KEYS.by(Probe::cellShard),
            Types.INT,
            SHARDS,
            parallelism,
            index);
    Configuration settings = new Configuration();
    settings.set(RocksDBOptions.FIX_PER_SLOT_MEMORY_SIZE, ROCKSDB_MEMORY);
    subtask.setStateBackend(
        new EmbeddedRocksDBStateBackend(true)
            .configure(settings, BenchedCells.class.getClassLoader()));
    subtask.setCheckpointStorage(new FileSystemCheckpointStorage(folder.toUri()));
    return subtask;
  }
}
