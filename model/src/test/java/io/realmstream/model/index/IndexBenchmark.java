package io.realmstream.model.index;

import io.realmstream.model.index.kernel.Kernel;
import io.realmstream.model.index.kernel.Rows;
import io.realmstream.model.index.store.CellId;
import io.realmstream.model.index.store.MapBlockStore;
import io.realmstream.model.index.topk.SearchResult;
import io.realmstream.model.index.vector.VectorFamily;
import io.realmstream.schemas.Hash128;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Locale;
import java.util.Random;

/**
 * Measures the kernels, the edits and the searches on clustered synthetic vectors, one thread.
 *
 * <pre>
 * mvn -q -pl model -am test-compile
 * java -Xmx3g --add-modules jdk.incubator.vector \
 *   -cp model/target/classes:model/target/test-classes:schemas/target/classes \
 *   io.realmstream.model.index.IndexBenchmark [vectors] [dimension] [shards]
 * </pre>
 *
 * Defaults: 200,000 vectors, 384 dimensions, 16 cells (as a flat version on 16 shards).
 */
public final class IndexBenchmark {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final long SEED = 1;
  private static final int CENTERS = 1_000;
  private static final int QUERIES = 60;
  private static final double NANOS_PER_MICRO = 1e3;
  private static final double NANOS_PER_MILLI = 1e6;

  private final Random random = new Random(SEED);
  private final int count;
  private final int dimension;
  private final Cell[] cells;
  private final float[][] centers = new float[CENTERS][];

  private IndexBenchmark(int count, int dimension, int shards) {
    this.count = count;
    this.dimension = dimension;
    this.cells = new Cell[shards];
    for (int i = 0; i < shards; i++) {
      cells[i] = new Cells(new MapBlockStore(), 0).cell(new CellId(1, 0, i), dimension);
    }
    for (int i = 0; i < CENTERS; i++) {
      centers[i] = VectorFamily.GAUSSIAN.vector(random, dimension);
    }
  }

  /** Arguments: vectors, dimension, shards; all optional. */
  public static void main(String[] arguments) {
    int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200_000;
    int dimension = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 384;
    int shards = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 16;
    IndexBenchmark benchmark = new IndexBenchmark(count, dimension, shards);
    benchmark.kernels(Kernel.scalar(), "scalar");
    Kernel.vector().ifPresent(kernel -> benchmark.kernels(kernel, "vector"));
    benchmark.inserts();
    benchmark.searches(1);
    benchmark.searches(10);
    benchmark.searches(100);
    benchmark.replacements();
    benchmark.searches(10);
  }

  private void kernels(Kernel kernel, String label) {
    int rows = PackedBlock.capacity(dimension);
    short[] query = new short[dimension];
    byte[] cached = new byte[rows * dimension];
    byte[] large = new byte[count * dimension];
    random.nextBytes(cached);
    random.nextBytes(large);
    int[] dots = new int[rows];
    for (int round = 0; round < 4; round++) {
      long cachedNanos = nanos();
      for (int i = 0; i < count / rows; i++) {
        kernel.dots(query, new Rows(cached, 0, rows), dots);
      }
      cachedNanos = nanos() - cachedNanos;
      long largeNanos = nanos();
      for (int i = 0; i < count / rows; i++) {
        kernel.dots(query, new Rows(large, i * rows * dimension, rows), dots);
      }
      largeNanos = nanos() - largeNanos;
      if (round == 3) {
        print(
            "%s kernel: %.1f ns a vector in cache, %.1f from memory",
            label, (double) cachedNanos / count, (double) largeNanos / count);
      }
    }
  }

  private void inserts() {
    long nanos = 0;
    for (int i = 0; i < count; i++) {
      nanos += insert(i, 1);
    }
    print("insert: %.1f us", nanos / NANOS_PER_MICRO / count);
  }

  /** A tenth of the passages is deleted and inserted again under new uids. */
  private void replacements() {
    long nanos = 0;
    for (int i = 0; i < count / 10; i++) {
      long start = nanos();
      cell(10 * i).delete(uid(10 * i), 2);
      nanos += nanos() - start + insert(count + 10 * i, 2);
    }
    print("delete and insert of %d: %.1f us", count / 10, nanos / NANOS_PER_MICRO / count * 10);
  }

  private long insert(int number, long sequence) {
    IndexEntry entry = new IndexEntry(uid(number), sequence, 0, near(centers[number % CENTERS]));
    long start = nanos();
    cell(number).insert(entry);
    return nanos() - start;
  }

  private void searches(int k) {
    long nanos = 0;
    long scanned = 0;
    long reScored = 0;
    for (int i = 0; i < 2 * QUERIES; i++) {
      float[] query = near(centers[random.nextInt(CENTERS)]);
      for (Cell cell : cells) {
        long start = nanos();
        SearchResult result = cell.search(query, k);
        if (i >= QUERIES) {
          nanos += nanos() - start;
          scanned += result.scanned();
          reScored += result.reScored();
        }
      }
    }
    print(
        "%s k=%d: %.2f ms a query, %.1f ns a vector, %d scanned, %.1f re-scored over %d cells",
        Kernel.name(),
        k,
        nanos / NANOS_PER_MILLI / QUERIES,
        (double) nanos / scanned,
        scanned / QUERIES,
        (double) reScored / QUERIES,
        cells.length);
  }

  private Cell cell(int number) {
    return cells[number % cells.length];
  }

  private static Hash128 uid(int number) {
    return Hash128.ofTexts(Integer.toString(number));
  }

  /** A unit vector around a center. */
  private float[] near(float[] center) {
    float[] vector = new float[dimension];
    double norm = 0;
    for (int i = 0; i < dimension; i++) {
      vector[i] = center[i] + 0.7f * (float) random.nextGaussian();
      norm += vector[i] * vector[i];
    }
    float scale = (float) (1 / Math.sqrt(norm));
    for (int i = 0; i < dimension; i++) {
      vector[i] *= scale;
    }
    return vector;
  }

  private static long nanos() {
    return THREADS.getCurrentThreadCpuTime();
  }

  private static void print(String format, Object... arguments) {
    System.out.println(String.format(Locale.ROOT, format, arguments));
  }
}
