package io.realmstream.model.index.partition;

import io.realmstream.model.index.vector.Int8Code;
import io.realmstream.schemas.Hash128;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Trains a partition from a sample of a version's passages: the same sample gives the same
 * partition, bit for bit, whatever the order in which it was gathered.
 *
 * <p>Every sixteenth passage of the sample, at most 256 of them, is held out of the training; then
 * these ask for their neighbours, and what finds enough of them becomes the partition's {@link
 * ProbeLimit}.
 */
public final class PartitionTraining {
  /** Passages a cell when it is trained; four times as many when the next partition is due. */
  private static final int PASSAGES_PER_CELL = 100;

  private static final int HELD_OUT_EACH = 16;
  private static final int HELD_OUT_MAX = 256;
  private static final long SEED = 20_200_210;

  private PartitionTraining() {}

  /** How many cells divide so many passages: the root of small numbers, cells of 100 from there. */
  public static int cells(long passages) {
    long cells = Math.max((long) Math.sqrt((double) passages), passages / PASSAGES_PER_CELL);
    return (int) Math.max(1, Math.min(cells, Integer.MAX_VALUE));
  }

  /**
   * Trains a partition.
   *
   * @param sample vectors' codes by uid; those of another dimension than most are left out
   * @param passages how many passages it is to divide
   * @throws IllegalArgumentException when the sample is empty
   */
  public static Partition train(SortedMap<Hash128, Int8Code> sample, long passages) {
    List<Int8Code> points = ofOneDimension(sample.values());
    if (points.isEmpty()) {
      throw new IllegalArgumentException("a partition cannot be trained from nothing");
    }
    List<Int8Code> trained = new ArrayList<>();
    List<Int8Code> heldOut = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      boolean out = i % HELD_OUT_EACH == HELD_OUT_EACH - 1 && heldOut.size() < HELD_OUT_MAX;
      (out ? heldOut : trained).add(points.get(i));
    }
    Centroids centroids = KMeans.train(trained.toArray(Int8Code[]::new), cells(passages), SEED);
    return Partition.of(centroids, ProbeMeasurement.choose(centroids, points, heldOut));
  }

  private static List<Int8Code> ofOneDimension(Collection<Int8Code> vectors) {
    Map<Integer, Integer> counts = new HashMap<>();
    vectors.forEach(vector -> counts.merge(vector.codes().length, 1, Integer::sum));
    int most = 0;
    for (Map.Entry<Integer, Integer> entry : counts.entrySet()) {
      int lead = entry.getValue() - counts.getOrDefault(most, 0);
      if (lead > 0 || (lead == 0 && entry.getKey() < most)) {
        most = entry.getKey();
      }
    }
    int dimension = most;
    return vectors.stream().filter(vector -> vector.codes().length == dimension).toList();
  }
}
