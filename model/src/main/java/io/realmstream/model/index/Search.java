package io.realmstream.model.index;

import io.realmstream.model.index.kernel.Kernel;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongFunction;

/**
 * One search: scans packed rows for candidates, then scores these exactly.
 *
 * <p>A row becomes a candidate when its upper bound reaches the k-th largest lower bound seen so
 * far: a row below that has k better ones, whatever comes later.
 */
final class Search {
  private static final int CANDIDATES_BEFORE_PRUNING = 1024;

  private final float[] query;
  private final QueryCode code;
  private final int k;
  private final KthLargest lowerBounds;
  private final List<Candidate> candidates = new ArrayList<>();
  private int pruneAt = CANDIDATES_BEFORE_PRUNING;
  private int[] dots = new int[0];
  private long scanned;

  Search(float[] query, int k) {
    this.query = query;
    this.code = new QueryCode(query);
    this.k = k;
    this.lowerBounds = new KthLargest(k);
  }

  /** Compares every row with the query; the skipped ones cannot be found. */
  void scan(PackedBlock rows, BitSet skipped) {
    if (dots.length != rows.count()) {
      dots = new int[rows.count()];
    }
    Kernel.chosen().dots(code.codes(), rows.bytes(), rows.codesOffset(), dots);
    scanned += rows.count();
    for (int i = 0; i < rows.count(); i++) {
      double approximation = code.approximation(rows.alpha(i), dots[i]);
      double radius = code.radius(rows.error(i), rows.norm(i));
      if (approximation + radius >= lowerBounds.value() && !skipped.get(i)) {
        lowerBounds.offer(approximation - radius);
        add(
            new Candidate(
                approximation + radius, rows.uid(i), rows.documentShard(i), rows.vector(i)));
      }
    }
  }

  /**
   * Scores the candidates, the most promising first, until no other one can be among the best k.
   * One whose upper bound equals the k-th score still can: with a smaller uid.
   *
   * @param vectors gives the {@link StoredVector} of a number
   */
  SearchResult best(LongFunction<byte[]> vectors) {
    prune();
    candidates.sort(Comparator.comparingDouble(Candidate::upper).reversed());
    List<Hit> hits = new ArrayList<>();
    KthLargest scores = new KthLargest(k);
    for (Candidate candidate : candidates) {
      if (candidate.upper() < scores.value()) {
        break;
      }
      double score = StoredVector.score(query, vectors.apply(candidate.vector()));
      scores.offer(score);
      hits.add(new Hit(candidate.uid(), candidate.documentShard(), score));
    }
    return new SearchResult(Hits.merge(List.of(hits), k), scanned, hits.size());
  }

  private void add(Candidate candidate) {
    candidates.add(candidate);
    if (candidates.size() >= pruneAt) {
      prune();
      pruneAt = Math.max(CANDIDATES_BEFORE_PRUNING, 2 * candidates.size());
    }
  }

  private void prune() {
    double threshold = lowerBounds.value();
    candidates.removeIf(candidate -> candidate.upper() < threshold);
  }
}
