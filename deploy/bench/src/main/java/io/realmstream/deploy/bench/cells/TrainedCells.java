package io.realmstream.deploy.bench.cells;

import io.realmstream.jobs.RealmOptions;
import io.realmstream.model.index.partition.Partition;
import io.realmstream.model.index.partition.PartitionTraining;
import io.realmstream.model.index.partition.ProbeLimit;
import io.realmstream.model.index.partition.ProbeMeasurement;
import io.realmstream.model.index.topk.Hit;
import io.realmstream.model.index.vector.Int8Code;
import io.realmstream.schemas.Hash128;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;

/** A partition as the job trains one, and what it takes to find with it. */
public final class TrainedCells {
  /** Share of the best passages to find. */
  private static final double RECALL = 0.95;

  private TrainedCells() {}

  /**
   * Trains from as many passages as the job samples.
   *
   * @param numbers of the passages there are
   */
  public static Partition train(int[] numbers, IntFunction<float[]> vectors) {
    int sampled = Math.min(numbers.length, RealmOptions.PARTITION_SAMPLE_MAX.defaultValue());
    SortedMap<Hash128, Int8Code> sample = new TreeMap<>();
    for (int i = 0; i < sampled; i++) {
      int number = numbers[(int) ((long) i * numbers.length / sampled)];
      sample.put(BenchedCells.uid(number), Int8Code.of(vectors.apply(number)));
    }
    return PartitionTraining.train(sample, numbers.length);
  }

  /**
   * How far a query must probe for {@value #RECALL} of the best.
   *
   * @param cellOf the cell of each passage
   * @param best of each query, by an exact search
   */
  public static ProbeLimit probes(
      Partition partition, int[] cellOf, List<float[]> queries, List<List<Hit>> best) {
    Map<Hash128, Integer> cells = new HashMap<>();
    for (int number = 0; number < cellOf.length; number++) {
      cells.put(BenchedCells.uid(number), cellOf[number]);
    }
    List<int[]> wanted =
        best.stream()
            .map(hits -> hits.stream().mapToInt(hit -> cells.getOrDefault(hit.uid(), 0)).toArray())
            .toList();
    return ProbeMeasurement.forRecall(
        partition.centroids(), queries.stream().map(Int8Code::of).toList(), wanted, RECALL);
  }
}
