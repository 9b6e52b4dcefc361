package io.realmstream.deploy.bench.cells;

import io.realmstream.jobs.Shards;
import io.realmstream.jobs.launch.JobSettings;
import io.realmstream.jobs.retriever.cells.CellsOperator;
import io.realmstream.jobs.retriever.cells.Partial;
import io.realmstream.jobs.retriever.cells.Probe;
import io.realmstream.jobs.retriever.cells.Sought;
import io.realmstream.model.index.partition.PartitionId;
import io.realmstream.model.index.topk.Hit;
import io.realmstream.model.index.topk.Hits;
import io.realmstream.model.index.topk.SearchLimit;
import io.realmstream.model.serving.VersionedPassage;
import io.realmstream.model.serving.placement.CellUpdate;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.vectors.DocumentRevision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
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

/**
 * The cells operator on its RocksDB state, in the harness that Flink tests its operators with: no
 * network, no other thread than the caller's, so that its CPU time is that of the operator. What
 * the operators before it do is done here: a passage's uid is its number, mixed; its cell, and the
 * cells of a query, are those of a {@link Division}.
 */
public final class BenchedCells {
  private static final Shards SHARDS = Division.SHARDS;

  /** RocksDB's caches and write buffers: half of what the embedded run has for everything. */
  private static final MemorySize ROCKSDB_MEMORY = MemorySize.ofMebiBytes(256);

  private static final int VERSION = 1;
  private static final float[] NO_VECTOR = {};

  /** No acknowledgements: the harness makes a new serializer for each, for a quarter of an edit. */
  private static final int NO_COPIES = 0;

  private final Path folder;
  private final long heapBytesMax;
  private final List<KeyedTwoInputStreamOperatorTestHarness<Integer, CellUpdate, Probe, Partial>>
      subtasks = new ArrayList<>();
  private Division division;
  private long timeMs;
  private long requests;

  private BenchedCells(Path folder, long heapBytesMax, Division division) {
    this.folder = folder;
    this.heapBytesMax = heapBytesMax;
    this.division = division;
  }

  /**
   * Starts one subtask without state.
   *
   * @param folder for checkpoints
   */
  public static BenchedCells start(Path folder, long heapBytesMax, Division division)
      throws Exception {
    BenchedCells cells = new BenchedCells(folder, heapBytesMax, division);
    var subtask = cells.subtask(1, 0);
    subtask.open();
    cells.subtasks.add(subtask);
    return cells;
  }

  /** Takes a snapshot of every subtask. */
  public OperatorSubtaskState snapshot(long checkpoint) throws Exception {
    List<OperatorSubtaskState> states = new ArrayList<>();
    for (var subtask : subtasks) {
      subtask.prepareSnapshotPreBarrier(checkpoint);
      states.add(subtask.snapshot(checkpoint, checkpoint));
    }
    return AbstractStreamOperatorTestHarness.repackageState(
        states.toArray(OperatorSubtaskState[]::new));
  }

  /** Starts subtasks from what {@link #snapshot} gave. */
  public BenchedCells restored(OperatorSubtaskState state, int parallelism, long heapBytes)
      throws Exception {
    BenchedCells cells = new BenchedCells(folder, heapBytes, division);
    for (int i = 0; i < parallelism; i++) {
      var subtask = cells.subtask(parallelism, i);
      subtask.initializeState(
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              state, SHARDS.count(), subtasks.size(), parallelism, i));
      subtask.open();
      cells.subtasks.add(subtask);
    }
    return cells;
  }

  /** What edits and queries go to. */
  public Division division() {
    return division;
  }

  public void use(Division used) {
    division = used;
  }

  /** The cell that takes a passage with that vector. */
  public int cellOf(int number, float[] vector) {
    return division.cellOf(uid(number), vector);
  }

  /** Inserts a passage into a cell of the division in use, or replaces it there. */
  public void insert(int number, int cell, long revision, float[] vector) throws Exception {
    update(
        new CellUpdate(
            vector.length > 0 ? CellUpdate.Kind.INSERT : CellUpdate.Kind.DELETE,
            new VersionedPassage(VERSION, uid(number)),
            new CellUpdate.Place(division.number(), SHARDS.ofCell(cell), cell, 0),
            new CellUpdate.Change("document", revision, vector),
            new CellUpdate.Copy(0, NO_COPIES, DocumentRevision.NO_EDIT),
            0,
            null));
  }

  public void delete(int number, int cell, long revision) throws Exception {
    insert(number, cell, revision, NO_VECTOR);
  }

  /** Forgets a division's cells, and all before it, and waits until their space is given back. */
  public void drop(Division dropped) throws Exception {
    for (int shard : SHARDS.all()) {
      PartitionId id = new PartitionId(VERSION, dropped.number());
      update(CellUpdate.drop(id, shard, dropped.cells()));
    }
    for (var subtask : subtasks) {
      while (subtask.numProcessingTimeTimers() > 0) {
        subtask.setProcessingTime(++timeMs);
      }
    }
  }

  /** Asks one query after the other, each alone. */
  public List<List<Hit>> searchAlone(List<float[]> queries, int k) throws Exception {
    List<List<Hit>> hits = new ArrayList<>();
    for (float[] query : queries) {
      timeMs += 1_000; // so quiet that no probe waits
      setTime();
      hits.addAll(search(List.of(query), k));
    }
    return hits;
  }

  /**
   * Asks all queries at once, as many clients do. Something must have been asked just before: a
   * query that finds the operator at rest is searched alone.
   */
  public List<List<Hit>> searchTogether(List<float[]> queries, int k) throws Exception {
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
          if (partials.stream().mapToInt(partial -> partial.cellShards().length).sum() != shards) {
            throw new IllegalStateException(request + " has " + partials.size() + " partials");
          }
          hits.add(Hits.merge(partials.stream().map(Partial::hits).toList(), k));
        });
    return hits;
  }

  /** Returns how many shards were asked. */
  private int ask(String request, float[] query, int k) throws Exception {
    Map<Integer, List<Integer>> byShard = new LinkedHashMap<>();
    for (int cell : division.probed(query)) {
      byShard.computeIfAbsent(SHARDS.ofCell(cell), shard -> new ArrayList<>()).add(cell);
    }
    int[] shards = ints(byShard.keySet());
    for (int shard : shards) {
      Probe probe =
          new Probe(
              request,
              Long.MAX_VALUE,
              new PartitionId(VERSION, division.number()),
              shard,
              shards,
              ints(byShard.getOrDefault(shard, List.of())),
              new Sought(SearchLimit.ofHits(k), query));
      subtask(shard).processElement2(new StreamRecord<>(probe));
    }
    return byShard.size();
  }

  private static int[] ints(Collection<Integer> numbers) {
    return numbers.stream().mapToInt(number -> number).toArray();
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
    subtask(update.place().cellShard()).processElement1(new StreamRecord<>(update));
  }

  public static Hash128 uid(int number) {
    return new Hash128(new SplittableRandom(number).nextLong(), number);
  }

  private KeyedTwoInputStreamOperatorTestHarness<Integer, CellUpdate, Probe, Partial> subtask(
      int shard) {
    return subtasks.get(shard * subtasks.size() / SHARDS.count());
  }

  private void setTime() throws Exception {
    for (var subtask : subtasks) {
      subtask.setProcessingTime(timeMs);
    }
  }

  public void close() throws Exception {
    for (var subtask : subtasks) {
      subtask.close();
    }
  }

  private KeyedTwoInputStreamOperatorTestHarness<Integer, CellUpdate, Probe, Partial> subtask(
      int parallelism, int index) throws Exception {
    var subtask =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new CellsOperator(SHARDS, heapBytesMax, 0),
            SHARDS.by(CellUpdate::cellShard),
            SHARDS.by(Probe::cellShard),
            Types.INT,
            SHARDS.count(),
            parallelism,
            index);
    Configuration settings = JobSettings.configuration();
    settings.set(RocksDBOptions.FIX_PER_SLOT_MEMORY_SIZE, ROCKSDB_MEMORY);
    // incremental snapshots would name files that only Flink's coordinator knows
    subtask.setStateBackend(
        new EmbeddedRocksDBStateBackend(false)
            .configure(settings, BenchedCells.class.getClassLoader()));
    subtask.setCheckpointStorage(new FileSystemCheckpointStorage(folder.toUri()));
    return subtask;
  }
}
