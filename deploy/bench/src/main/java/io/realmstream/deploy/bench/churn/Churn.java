package io.realmstream.deploy.bench.churn;

import io.realmstream.deploy.bench.cells.BenchedCells;
import io.realmstream.deploy.bench.cells.Division;
import io.realmstream.deploy.bench.cells.PlainLoop;
import io.realmstream.deploy.bench.cells.Recall;
import io.realmstream.deploy.bench.cells.TrainedCells;
import io.realmstream.deploy.bench.churn.Runbook.Step;
import io.realmstream.deploy.bench.vectors.SyntheticVectors;
import io.realmstream.deploy.bench.vectors.VectorSource;
import io.realmstream.model.index.partition.ProbeLimit;
import io.realmstream.model.index.topk.Hit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.jspecify.annotations.Nullable;

/**
 * Leads an index through a {@link Runbook}. Each search is judged by a plain loop over what is live
 * then: an exact one must equal it, one of as many cells as the partition probes has a recall.
 *
 * <p>Routes edits as the job does: the newest vector decides the cell, and the cell before is told
 * to forget the passage.
 */
final class Churn {
  private static final long CACHE_BYTES = 64 << 20;

  private final Runbook runbook;
  private final Path folder;
  private final VectorSource vectors;
  private final SortedMap<Integer, Passage> live = new TreeMap<>();

  /** What was done since the snapshot. */
  private final List<Change> changes = new ArrayList<>();

  private BenchedCells cells;
  private @Nullable OperatorSubtaskState snapshot;
  private long revision;
  private int searches;

  /** A live passage: where it is, and which of its vectors it has; 0 is its first. */
  private record Passage(int cell, int vector) {}

  /** Something that can be done to the index again. */
  private interface Change {
    void make(BenchedCells cells) throws Exception;
  }

  /**
   * After a step.
   *
   * @param recall of a search, else null
   * @param freshRecall of the index built anew, if the search asked for it
   * @param number of the step, from 1 on
   */
  record Outcome(
      Step step,
      int live,
      int cells,
      @Nullable Double recall,
      @Nullable Double freshRecall,
      int number) {}

  /**
   * @param folder for snapshots
   */
  Churn(Runbook runbook, Path folder) throws Exception {
    this.runbook = runbook;
    this.folder = folder;
    vectors = new SyntheticVectors(runbook.passages(), runbook.dimension(), runbook.seed());
    cells = BenchedCells.start(folder, CACHE_BYTES, Division.FLAT);
  }

  /**
   * Makes all steps.
   *
   * @throws IllegalStateException when an exact search does not find what a plain loop finds
   */
  void run(Consumer<Outcome> after) throws Exception {
    int steps = 0;
    for (Step step : runbook.steps()) {
      Double recall = null;
      Double freshRecall = null;
      switch (step.operation()) {
        case INSERT, REPLACE -> insert(step);
        case DELETE -> delete(step);
        case PARTITION -> divide();
        case SNAPSHOT -> takeSnapshot();
        case CRASH -> crash();
        case SEARCH -> {
          searches++;
          recall = recall(cells);
          freshRecall = step.fresh() ? Double.valueOf(freshRecall()) : null;
        }
      }
      after.accept(
          new Outcome(step, live.size(), division().cells(), recall, freshRecall, ++steps));
    }
    cells.close();
  }

  /** Each passage gets its next vector, or its first if it is new. */
  private void insert(Step step) throws Exception {
    for (int round = 0; round < Math.max(1, step.rounds()); round++) {
      for (int number = step.start(); number < step.end(); number++) {
        Passage before = live.get(number);
        put(number, before == null ? 0 : before.vector() + 1);
      }
    }
  }

  private void put(int number, int version) throws Exception {
    float[] vector = vector(number, version);
    int cell = cells.cellOf(number, vector);
    Passage before = live.put(number, new Passage(cell, version));
    long edit = ++revision;
    if (before != null && before.cell() != cell) {
      make(index -> index.delete(number, before.cell(), edit));
    }
    make(index -> index.insert(number, cell, edit, vector));
  }

  /** What is not there is deleted as well: nothing may come of it. */
  private void delete(Step step) throws Exception {
    for (int i = step.start(); i < step.end(); i++) {
      int number = i;
      Passage before = live.remove(number);
      int cell = before == null ? number % division().cells() : before.cell();
      long edit = ++revision;
      make(index -> index.delete(number, cell, edit));
    }
  }

  private void divide() throws Exception {
    Division before = division();
    Division next = before.next(TrainedCells.train(numbers(), this::vector));
    make(index -> index.use(next));
    SortedMap<Integer, Passage> all = new TreeMap<>(live);
    live.clear();
    for (Map.Entry<Integer, Passage> passage : all.entrySet()) {
      put(passage.getKey(), passage.getValue().vector());
    }
    make(index -> index.drop(before));
  }

  private void takeSnapshot() throws Exception {
    Division now = division();
    snapshot = cells.snapshot(++revision);
    changes.clear();
    changes.add(index -> index.use(now));
  }

  private void crash() throws Exception {
    cells.close();
    cells =
        snapshot == null
            ? BenchedCells.start(folder, CACHE_BYTES, Division.FLAT)
            : cells.restored(snapshot, 1, CACHE_BYTES);
    for (Change change : changes) {
      change.make(cells);
    }
  }

  private void make(Change change) throws Exception {
    changes.add(change);
    change.make(cells);
  }

  private double freshRecall() throws Exception {
    BenchedCells fresh = BenchedCells.start(folder, CACHE_BYTES, division());
    for (int number : numbers()) {
      float[] vector = vector(number);
      fresh.insert(number, fresh.cellOf(number, vector), 1, vector);
    }
    double recall = recall(fresh);
    fresh.close();
    return recall;
  }

  private double recall(BenchedCells index) throws Exception {
    List<float[]> queries = new ArrayList<>();
    for (int i = 0; i < runbook.queries(); i++) {
      queries.add(vectors.query(searches * runbook.queries() + i));
    }
    List<List<Hit>> plain = PlainLoop.search(numbers(), this::vector, queries, runbook.k());
    Division division = index.division();
    index.use(division.probing(ProbeLimit.of(division.cells())));
    if (!index.searchAlone(queries, runbook.k()).equals(plain)) {
      throw new IllegalStateException("search %d is not exact".formatted(searches));
    }
    index.use(division);
    return Recall.of(index.searchAlone(queries, runbook.k()), plain);
  }

  private Division division() {
    return cells.division();
  }

  private int[] numbers() {
    return live.keySet().stream().mapToInt(number -> number).toArray();
  }

  private float[] vector(int number) {
    return vector(number, Objects.requireNonNull(live.get(number)).vector());
  }

  private float[] vector(int number, int version) {
    return version == 0
        ? vectors.passage(number)
        : vectors.replacement(number + (version - 1) * runbook.passages());
  }
}
