import com.sun.management.OperatingSystemMXBean;
import io.github.jbellis.jvector.graph.GraphIndexBuilder;
import io.github.jbellis.jvector.graph.GraphSearcher;
import io.github.jbellis.jvector.graph.ListRandomAccessVectorValues;
import io.github.jbellis.jvector.graph.RandomAccessVectorValues;
import io.github.jbellis.jvector.graph.SearchResult.NodeScore;
import io.github.jbellis.jvector.graph.similarity.BuildScoreProvider;
import io.github.jbellis.jvector.graph.similarity.DefaultSearchScoreProvider;
import io.github.jbellis.jvector.graph.similarity.SearchScoreProvider;
import io.github.jbellis.jvector.util.Bits;
import io.github.jbellis.jvector.vector.VectorSimilarityFunction;
import io.github.jbellis.jvector.vector.VectorUtil;
import io.github.jbellis.jvector.vector.VectorizationProvider;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import io.github.jbellis.jvector.vector.types.VectorTypeSupport;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.yaml.snakeyaml.Yaml;

/**
 * JVector's side of {@code libraries.py}: a graph over the vectors that {@code realm bench index
 * --out} leaves, built and asked on one thread.
 *
 * <p>Arguments: the folder, the most passages to take, the recall to reach. Standard output begins
 * with facts, a name and a value each, ended by an empty line; then each line on standard input is
 * the number of a round, and is answered by the milliseconds of CPU that its queries took each.
 */
final class JVector {
  private static final VectorizationProvider PROVIDER = VectorizationProvider.getInstance();
  private static final VectorTypeSupport TYPES = PROVIDER.getVectorTypeSupport();
  private static final VectorSimilarityFunction SIMILARITY = VectorSimilarityFunction.DOT_PRODUCT;

  // What JVector's own benchmarks build with by default.
  private static final int DEGREE = 32;
  private static final int BEAM = 100;
  private static final float OVERFLOW = 1.2f;
  private static final float ALPHA = 1.2f;

  private static final double NANOS_PER_MS = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final int EFFORT_MAX = 4096;

  /** Passes over all questions before anything is timed, so that they are compiled. */
  private static final int WARM_UPS = 5;

  private final int k;
  private final RandomAccessVectorValues passages;
  private final List<VectorFloat<?>> asked;
  private final List<VectorFloat<?>> forRecall;
  private final int queries;
  private GraphSearcher searcher;

  /** Nodes that a search keeps as candidates. */
  private int effort;

  private JVector(Path folder, int passagesMax) throws IOException {
    Map<String, Integer> shape = new Yaml().load(Files.readString(folder.resolve("shape.json")));
    int dimension = shape.get("dimension");
    k = shape.get("k");
    queries = shape.get("queries");
    passages =
        new ListRandomAccessVectorValues(
            read(folder.resolve("passages.f32"), dimension, passagesMax), dimension);
    asked = read(folder.resolve("queries.f32"), dimension, Integer.MAX_VALUE);
    forRecall = asked.subList(asked.size() - shape.get("recallQueries"), asked.size());
  }

  public static void main(String[] arguments) throws IOException {
    JVector library = new JVector(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
    say("jdk: %s, %s", Runtime.version(), PROVIDER.getClass().getSimpleName());
    say("vectors: %d", library.passages.size());
    library.build();
    library.tune(Double.parseDouble(arguments[2]));
    say("");
    BufferedReader rounds =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = rounds.readLine(); line != null; line = rounds.readLine()) {
      say("%f", library.round(Integer.parseInt(line)));
    }
  }

  private static List<VectorFloat<?>> read(Path file, int dimension, int most) throws IOException {
    List<VectorFloat<?>> vectors = new ArrayList<>();
    try (InputStream bytes = Files.newInputStream(file)) {
      int vectorBytes = dimension * Float.BYTES;
      int count = (int) Math.min(most, Files.size(file) / vectorBytes);
      while (vectors.size() < count) {
        byte[] read = bytes.readNBytes(vectorBytes);
        if (read.length < vectorBytes) {
          throw new EOFException(file + " ends within a vector");
        }
        float[] vector = new float[dimension];
        ByteBuffer.wrap(read).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
        vectors.add(TYPES.createFloatVector(vector));
      }
    }
    return vectors;
  }

  /** Times what a live index repeats for ever, the inserts; the clean-up that ends a build not. */
  private void build() throws IOException {
    ForkJoinPool alone = new ForkJoinPool(1);
    BuildScoreProvider scores = BuildScoreProvider.randomAccessScoreProvider(passages, SIMILARITY);
    GraphIndexBuilder builder =
        new GraphIndexBuilder(
            scores, passages.dimension(), DEGREE, BEAM, OVERFLOW, ALPHA, true, true, alone, alone);
    long start = processCpuNanos();
    for (int i = 0; i < passages.size(); i++) {
      builder.addGraphNode(i, passages.getVector(i));
    }
    double seconds = (processCpuNanos() - start) / NANOS_PER_SECOND;
    say("inserts: %f", passages.size() / seconds);
    builder.cleanup();
    searcher = new GraphSearcher(builder.getGraph());
  }

  /** The least effort that finds enough of what a plain loop finds, as far as it does. */
  private void tune(double enough) {
    List<Set<Integer>> best = forRecall.stream().map(this::best).toList();
    int low = k - 1;
    effort = k;
    while (effort < EFFORT_MAX && recall(best) < enough) {
      low = effort;
      effort *= 2;
    }
    int high = effort;
    while (high - low > 1) {
      effort = (low + high) / 2;
      if (recall(best) < enough) {
        low = effort;
      } else {
        high = effort;
      }
    }
    effort = high;
    say("effort: %d", effort);
    say("recall: %.3f", recall(best));
    for (int i = 0; i < WARM_UPS; i++) {
      recall(best);
    }
  }

  private Set<Integer> best(VectorFloat<?> query) {
    float[] scores = new float[passages.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = VectorUtil.dotProduct(query, passages.getVector(i));
    }
    return IntStream.range(0, scores.length)
        .boxed()
        .sorted(Comparator.comparing((Integer i) -> -scores[i]))
        .limit(k)
        .collect(Collectors.toSet());
  }

  private double recall(List<Set<Integer>> best) {
    int found = 0;
    for (int i = 0; i < forRecall.size(); i++) {
      for (NodeScore hit : search(forRecall.get(i))) {
        if (best.get(i).contains(hit.node)) {
          found++;
        }
      }
    }
    return (double) found / forRecall.size() / k;
  }

  private NodeScore[] search(VectorFloat<?> query) {
    SearchScoreProvider scores = DefaultSearchScoreProvider.exact(query, SIMILARITY, passages);
    return searcher.search(scores, k, effort, 0, 0, Bits.ALL).getNodes();
  }

  private double round(int number) {
    List<VectorFloat<?>> questions = asked.subList(number * queries, (number + 1) * queries);
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    questions.forEach(this::search);
    long taken = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
    return taken / NANOS_PER_MS / queries;
  }

  private static long processCpuNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  private static void say(String format, Object... values) {
    System.out.printf(Locale.ROOT, format + "%n", values);
    System.out.flush();
  }
}
