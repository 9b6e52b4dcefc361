package io.realmstream.model.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.checkpoint.PartCache;
import io.realmstream.model.checkpoint.PartOpener;
import io.realmstream.model.encoder.Encoder;
import io.realmstream.model.index.InnerProduct;
import io.realmstream.model.index.Int8Code;
import io.realmstream.model.index.partition.Partition;
import io.realmstream.model.index.partition.PartitionTraining;
import io.realmstream.schemas.Hash128;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Measures which share of real passages is scanned to find .95 of the ten best for real questions,
 * for partitions of several sizes. Takes the vectors that {@link OpenQaMeasurement} left in OUT;
 * its comment says how to run it, with the same arguments.
 */
public final class CellsMeasurement {
  private static final int K = 10;
  private static final double RECALL = 0.95;

  private final List<float[]> passages;
  private final List<float[]> questions = new ArrayList<>();
  private final List<int[]> best = new ArrayList<>();

  private CellsMeasurement(List<float[]> passages) {
    this.passages = passages;
  }

  public static void main(String[] arguments) throws Exception {
    Path data = Path.of(arguments[0]);
    Path out = Path.of(arguments[1]);
    var checkpoint = DefaultCheckpoints.e5();
    var measurement =
        new CellsMeasurement(
            new VectorFile(out.resolve("passages-e5.bin"), checkpoint.documentTower()).read());
    PartCache cache =
        new PartCache(
            out.resolve("models"), PartOpener.local(CellsMeasurement.class.getClassLoader()));
    try (Encoder encoder = Encoder.open(checkpoint.queryTower(), cache)) {
      for (String file : List.of(arguments).subList(2, arguments.length)) {
        for (String line : Files.readAllLines(data.resolve(file))) {
          JsonNode row = new ObjectMapper().readTree(line);
          measurement.ask(encoder.embedQuery(row.get("question").textValue()).vector());
        }
      }
    }
    int count = measurement.passages.size();
    for (int passages : new int[] {count, 2 * count, 4 * count, 8 * count}) {
      measurement.measure(passages, System.out);
    }
  }

  private void ask(float[] question) {
    double[] scores =
        passages.stream().mapToDouble(passage -> InnerProduct.of(question, passage)).toArray();
    questions.add(question);
    best.add(
        IntStream.range(0, scores.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -scores[i]))
            .limit(K)
            .mapToInt(i -> i)
            .toArray());
  }

  /** As many cells as that many passages would get. */
  private void measure(long cellsFor, PrintStream print) {
    SortedMap<Hash128, Int8Code> sample = new TreeMap<>();
    for (int i = 0; i < passages.size(); i++) {
      sample.put(Hash128.ofTexts(Integer.toString(i)), Int8Code.of(passages.get(i)));
    }
    long start = System.nanoTime();
    Partition partition = PartitionTraining.train(sample, cellsFor * cellsFor / passages.size());
    double seconds = (System.nanoTime() - start) / 1e9;
    int cells = partition.cells();
    int[] cellOf = passages.stream().mapToInt(partition::cellOf).toArray();
    int[] sizes = new int[cells];
    for (int cell : cellOf) {
      sizes[cell]++;
    }
    double[] found = new double[cells];
    double[] scanned = new double[cells];
    for (int q = 0; q < questions.size(); q++) {
      int[] ranked = partition.centroids().ranked(questions.get(q), cells);
      int[] rankOf = new int[cells];
      for (int rank = 0; rank < cells; rank++) {
        rankOf[ranked[rank]] = rank;
        scanned[rank] += sizes[ranked[rank]];
      }
      for (int passage : best.get(q)) {
        found[rankOf[cellOf[passage]]]++;
      }
    }
    int enough = 0;
    for (int rank = 1; rank < cells; rank++) {
      found[rank] += found[rank - 1];
      scanned[rank] += scanned[rank - 1];
      enough = enough == 0 && found[rank] >= RECALL * K * questions.size() ? rank + 1 : enough;
    }
    print.printf("%d cells, trained in %.1f s%n", cells, seconds);
    for (int probes : new int[] {enough, partition.nprobe()}) {
      print.printf(
          "  nprobe %4d%s: recall@10 %.4f, scanned %.4f%n",
          probes,
          probes == enough ? " (enough)" : " (chosen)",
          found[probes - 1] / (K * questions.size()),
          scanned[probes - 1] / questions.size() / passages.size());
    }
  }
}
