package io.realmstream.model.measurement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.checkpoint.PartCache;
import io.realmstream.model.checkpoint.PartOpener;
import io.realmstream.model.encoder.Encoder;
import io.realmstream.model.index.partition.Partition;
import io.realmstream.model.index.partition.PartitionTraining;
import io.realmstream.model.index.partition.ProbeLimit;
import io.realmstream.model.index.partition.ProbeMeasurement;
import io.realmstream.model.index.vector.InnerProduct;
import io.realmstream.model.index.vector.Int8Code;
import io.realmstream.schemas.Hash128;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
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
    List<Int8Code> codes = questions.stream().map(Int8Code::of).toList();
    List<int[]> wanted =
        best.stream().map(all -> Arrays.stream(all).map(i -> cellOf[i]).toArray()).toList();
    ProbeLimit enough = ProbeMeasurement.forRecall(partition.centroids(), codes, wanted, RECALL);
    print.printf("%d cells, trained in %.1f s%n", cells, seconds);
    for (ProbeLimit limit : List.of(enough, partition.probes())) {
      long found = 0;
      long scanned = 0;
      List<Integer> probes = new ArrayList<>();
      for (int q = 0; q < questions.size(); q++) {
        int[] probed = partition.centroids().ranked(questions.get(q), limit);
        probes.add(probed.length);
        for (int cell : probed) {
          scanned += sizes[cell];
          found += Arrays.stream(wanted.get(q)).filter(wantedCell -> wantedCell == cell).count();
        }
      }
      Collections.sort(probes);
      print.printf(
          "  %s: margin %.4f, cells %.1f, median %d, at most %d: recall@10 %.4f, scanned %.4f%n",
          limit.equals(enough) ? "enough" : "chosen",
          limit.margin(),
          probes.stream().mapToInt(i -> i).average().orElseThrow(),
          probes.get(probes.size() / 2),
          limit.cells(),
          (double) found / (K * questions.size()),
          (double) scanned / questions.size() / passages.size());
    }
  }
}
