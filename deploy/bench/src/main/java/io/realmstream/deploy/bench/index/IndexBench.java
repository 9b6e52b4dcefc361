package io.realmstream.deploy.bench.index;

import io.realmstream.deploy.bench.CpuTime;
import io.realmstream.deploy.bench.WarmUp;
import io.realmstream.deploy.bench.cells.BenchedCells;
import io.realmstream.deploy.bench.cells.Division;
import io.realmstream.deploy.bench.cells.PlainLoop;
import io.realmstream.deploy.bench.cells.Recall;
import io.realmstream.deploy.bench.cells.TrainedCells;
import io.realmstream.deploy.bench.vectors.VectorSource;
import io.realmstream.deploy.cli.evaluate.Samples;
import io.realmstream.model.index.kernel.Kernel;
import io.realmstream.model.index.partition.Partition;
import io.realmstream.model.index.topk.Hit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;

/**
 * Fills the operator, asks it with and without its cache and four queries at once, in turn in each
 * of several rounds, and edits it: first with the flat partition, exactly, then with cells.
 *
 * <p>Times of searches are CPU times of the operator's thread; ratios are medians of the rounds'
 * ratios. Rates of edits count the whole process; embedding is no part of them.
 */
final class IndexBench {
  private static final double NANOS_PER_MS = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;

  /** Passes over all variants before anything is timed, of a second at least. */
  private static final WarmUp WARM_UP = new WarmUp(3, 60);

  private static final int[] RESCALED = {2, 4, 2};
  private static final int EDITS_MAX = 240_000;

  private final VectorSource vectors;
  private final IndexSettings settings;
  private final Consumer<String> progress;
  private final Consumer<String> turn;
  private final List<Figure> figures = new ArrayList<>();

  /** The best of each query for recall, by exact searches, which come first. */
  private List<List<Hit>> best = List.of();

  /** What is timed. */
  private interface Work {
    void run() throws Exception;
  }

  private record Layout(String name, Division division) {}

  /**
   * @param progress told what is being done
   * @param turn told of each round of searches before it begins; may wait there
   */
  IndexBench(
      VectorSource vectors,
      IndexSettings settings,
      Consumer<String> progress,
      Consumer<String> turn) {
    this.vectors = vectors;
    this.settings = settings;
    this.progress = progress;
    this.turn = turn;
  }

  /**
   * Measures.
   *
   * @param folder for checkpoints; grows to some times the size of the vectors
   * @throws IllegalStateException when an exact search does not find what a plain loop finds
   */
  List<Figure> run(Path folder) throws Exception {
    int[] all = IntStream.range(0, vectors.count()).toArray();
    progress.accept("kernel " + Kernel.name() + "; a plain loop answers first");
    List<List<Hit>> plain = PlainLoop.search(all, vectors::passage, questions(0), settings.k());
    run(folder, new Layout("exact", Division.FLAT), plain);
    progress.accept("training cells");
    Partition partition = TrainedCells.train(all, vectors::passage);
    run(folder, new Layout("cells", Division.FLAT.next(partition)), plain);
    return figures;
  }

  private void run(Path folder, Layout layout, List<List<Hit>> plain) throws Exception {
    String name = layout.name();
    progress.accept(name + ": inserting");
    BenchedCells cached = BenchedCells.start(folder, settings.cacheBytes(), layout.division());
    int[] cellOf = fill(name, cached);
    long start = System.nanoTime();
    OperatorSubtaskState state = cached.snapshot(1);
    figure(name + ", snapshot", seconds(start), "s");
    figure(name + ", state", (double) state.getStateSize() / vectors.count(), "bytes a passage");
    probe(layout, cached, cellOf);
    start = System.nanoTime();
    BenchedCells cold = cached.restored(state, 1, 0);
    figure(name + ", restored, subtasks: 1", seconds(start), "s");
    progress.accept(name + ": checking");
    check(layout, cached, cold, plain);
    search(name, cached, cold);
    cold.close();
    if (settings.rescale()) {
      rescale(name, cached, state);
    }
    edit(name, cached, cellOf);
    cached.close();
  }

  /** Returns the cell of each passage. */
  private int[] fill(String name, BenchedCells cells) throws Exception {
    int[] cellOf = new int[vectors.count()];
    EditTimer timer = new EditTimer(cellOf.length);
    for (int i = 0; i < cellOf.length; i++) {
      int number = i;
      timer.edit(
          () -> vectors.passage(number),
          vector -> {
            cellOf[number] = cells.cellOf(number, vector);
            cells.insert(number, cellOf[number], 1, vector);
          });
    }
    figure(name + ", inserts, from nothing", timer.editsPerCpuSecond(), "a CPU second");
    return cellOf;
  }

  /** As far as the recall that libraries are compared at takes. */
  private void probe(Layout layout, BenchedCells cells, int[] cellOf) {
    Partition partition = layout.division().partition();
    if (partition == null) {
      return;
    }
    figure("cells", partition.cells(), "of which queries probe");
    figure("cells, as measured in training", cellsProbed(cells.division()), "on average");
    cells.use(cells.division().probing(TrainedCells.probes(partition, cellOf, forRecall(), best)));
    figure("cells, as recall .95 takes here", cellsProbed(cells.division()), "on average");
  }

  private double cellsProbed(Division division) {
    return forRecall().stream().mapToInt(q -> division.probed(q).length).average().orElseThrow();
  }

  /** All variants must find the same; on the way everything is compiled. */
  private void check(Layout layout, BenchedCells cached, BenchedCells cold, List<List<Hit>> plain)
      throws Exception {
    List<List<Hit>> expected =
        layout.division().partition() == null
            ? plain
            : cached.searchAlone(questions(0), settings.k());
    WARM_UP.run(
        () -> {
          long start = System.nanoTime();
          while (seconds(start) < 1) {
            requireAll(expected, cached, cold);
          }
        });
    String name = "%s, recall@%d".formatted(layout.name(), settings.k());
    List<List<Hit>> found = cached.searchAlone(forRecall(), settings.k());
    if (layout.division().partition() == null) {
      best = found;
      figure(name, Recall.of(expected, plain), "against a plain loop");
    } else {
      figure(name, Recall.of(found, best), "against exact searches");
    }
  }

  private void requireAll(List<List<Hit>> expected, BenchedCells cached, BenchedCells cold)
      throws Exception {
    List<float[]> asked = questions(0);
    requireEqual("cached", expected, cached.searchAlone(asked, settings.k()));
    List<List<Hit>> byFour = new ArrayList<>();
    for (int i = 0; i < asked.size(); i += 4) {
      byFour.addAll(cached.searchTogether(asked.subList(i, i + 4), settings.k()));
    }
    requireEqual("four at once", expected, byFour);
    requireEqual("cache off", expected, cold.searchAlone(asked, settings.k()));
  }

  private static void requireEqual(
      String variant, List<List<Hit>> expected, List<List<Hit>> found) {
    if (!found.equals(expected)) {
      throw new IllegalStateException(variant + " does not find what it must find");
    }
  }

  private void search(String name, BenchedCells cached, BenchedCells cold) throws Exception {
    Samples alone = new Samples();
    Samples together = new Samples();
    Samples cacheOff = new Samples();
    for (int round = 1; round <= settings.rounds(); round++) {
      turn.accept(name + ": round " + round);
      List<float[]> asked = questions(round);
      alone.add(msAQuery(() -> cached.searchAlone(asked, settings.k())));
      together.add(
          msAQuery(
              () -> {
                for (int i = 0; i < asked.size(); i += 4) {
                  cached.searchTogether(asked.subList(i, i + 4), settings.k());
                }
              }));
      cacheOff.add(msAQuery(() -> cold.searchAlone(asked, settings.k())));
    }
    figure(name + ", cached", alone);
    figure(name + ", cached, one thread", 1_000 / alone.median(), "queries a second");
    figure(name + ", cached, four at once", together);
    figure(name + ", cache off", cacheOff);
    figure(name + ", four at once against one alone", together.medianRatio(alone), "x");
    figure(name + ", cache off against cached", cacheOff.medianRatio(alone), "x");
  }

  private double msAQuery(Work work) throws Exception {
    long start = CpuTime.ofThisThread();
    work.run();
    return (CpuTime.ofThisThread() - start) / NANOS_PER_MS / settings.queries();
  }

  /** Restores to more and to fewer subtasks, each time from the subtasks before. */
  private void rescale(String name, BenchedCells first, OperatorSubtaskState firstState)
      throws Exception {
    List<List<Hit>> expected = first.searchAlone(questions(0), settings.k());
    BenchedCells before = first;
    OperatorSubtaskState state = firstState;
    for (int parallelism : RESCALED) {
      long start = System.nanoTime();
      BenchedCells restored = before.restored(state, parallelism, settings.cacheBytes());
      figure(name + ", restored, subtasks: " + parallelism, seconds(start), "s");
      requireEqual("rescaled", expected, restored.searchAlone(questions(0), settings.k()));
      state = restored.snapshot(2);
      if (before != first) {
        before.close();
      }
      before = restored;
    }
    before.close();
  }

  /** Replaces, deletes and inserts passages in turn, routed as the job routes them. */
  private void edit(String name, BenchedCells cells, int[] cellOf) throws Exception {
    progress.accept(name + ": replacing, deleting, inserting");
    int rounds = Math.min(vectors.count() / 2, EDITS_MAX / 3);
    EditTimer timer = new EditTimer(3L * rounds);
    float[] none = {};
    for (int i = 0; i < rounds; i++) {
      int number = 2 * i;
      int deleted = number + 1;
      int added = vectors.count() + i;
      timer.edit(
          () -> vectors.replacement(number),
          vector -> {
            int cell = cells.cellOf(number, vector);
            if (cell != cellOf[number]) {
              cells.delete(number, cellOf[number], 2);
            }
            cells.insert(number, cell, 2, vector);
          });
      timer.edit(() -> none, vector -> cells.delete(deleted, cellOf[deleted], 2));
      timer.edit(
          () -> vectors.replacement(deleted),
          vector -> cells.insert(added, cells.cellOf(added, vector), 1, vector));
    }
    String figure = name + ", replaces, deletes and inserts";
    figure(figure, timer.editsPerCpuSecond(), "a CPU second");
  }

  private List<float[]> questions(int round) {
    return questions(round * settings.queries(), settings.queries());
  }

  private List<float[]> forRecall() {
    return questions(settings.firstForRecall(), settings.recallQueries());
  }

  private List<float[]> questions(int first, int count) {
    return IntStream.range(first, first + count).mapToObj(vectors::query).toList();
  }

  private void figure(String name, double value, String unit) {
    figures.add(new Figure(vectors.count(), name, value, unit, List.of()));
  }

  private void figure(String name, Samples rounds) {
    figures.add(
        new Figure(vectors.count(), name, rounds.median(), "ms CPU a query", rounds.values()));
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / NANOS_PER_SECOND;
  }
}
