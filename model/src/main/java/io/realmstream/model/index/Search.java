package io.realmstream.model.index;

import io.realmstream.model.index.kernel.Kernel;
import io.realmstream.model.index.kernel.Rows;
import io.realmstream.model.index.topk.Hit;
import io.realmstream.model.index.topk.Hits;
import io.realmstream.model.index.topk.SearchLimit;
import io.realmstream.model.index.topk.SearchResult;
import io.realmstream.model.index.topk.Threshold;
import io.realmstream.model.index.vector.QueryCode;
import io.realmstream.model.index.vector.Rounding;
import io.realmstream.schemas.Hash128;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One query on its way through cells: scans packed rows for candidates, then scores these exactly.
 *
 * <p>A row becomes a candidate when its upper bound reaches the {@link Threshold} of the lower
 * bounds seen so far: a row below that has enough better ones, whatever comes later. Equal vectors
 * have equal bounds, so as many different bounds are at least as many different vectors.
 *
 * <p>What was seen counts for all cells that the query goes through, and also for those that it
 * visits after a part of its hits was taken: a search of sixteen cells re-scores about as many
 * vectors as a search of one.
 */
public final class Search {
  private static final int CANDIDATES_BEFORE_PRUNING = 1024;

  private final float[] query;
  private final QueryCode code;
  private final SearchLimit limit;
  private final @Nullable Set<Hash128> among;

  /** The first halves of their uids, sorted: nearly every row is told apart by these. */
  private final long[] amongHighs;

  private final Threshold lowerBounds;
  private final Threshold scores;
  private final List<BoundedRow> candidates = new ArrayList<>();
  private int pruneAt = CANDIDATES_BEFORE_PRUNING;
  private int[] dots = new int[0];
  private long scanned;
  private long live;

  /**
   * Prepares a search.
   *
   * @param query float32, finite
   * @throws IllegalArgumentException for an entry that is NaN or infinite
   */
  public Search(float[] query, SearchLimit limit) {
    this(query, limit, null);
  }

  /**
   * Prepares a search among some passages.
   *
   * @param query float32, finite
   * @param among uids of the only passages that can be found; null = all can
   * @throws IllegalArgumentException for an entry that is NaN or infinite
   */
  public Search(float[] query, SearchLimit limit, @Nullable Set<Hash128> among) {
    this.query = query;
    this.code = new QueryCode(query);
    this.limit = limit;
    this.among = among;
    this.amongHighs =
        among == null ? new long[0] : among.stream().mapToLong(Hash128::high).sorted().toArray();
    this.lowerBounds = new Threshold(limit);
    this.scores = new Threshold(limit);
  }

  /** How many dimensions the query has. */
  public int dimension() {
    return query.length;
  }

  /**
   * Compares every row of a cell's block or delta with the queries; the skipped ones cannot be
   * found.
   */
  static void scan(List<Search> searches, CellStore cell, PackedBlock rows, BitSet skipped) {
    Rows codes = new Rows(rows.bytes(), rows.codesOffset(), rows.count());
    int next = 0;
    for (; next + Kernel.FOUR <= searches.size(); next += Kernel.FOUR) {
      List<Search> four = searches.subList(next, next + Kernel.FOUR);
      short[][] queries = new short[Kernel.FOUR][];
      int[][] dots = new int[Kernel.FOUR][];
      for (int i = 0; i < Kernel.FOUR; i++) {
        queries[i] = four.get(i).code.codes();
        dots[i] = four.get(i).dotsOf(rows);
      }
      Kernel.chosen().dots(queries, codes, dots);
      four.forEach(search -> search.take(cell, rows, skipped));
    }
    for (; next < searches.size(); next++) {
      Search search = searches.get(next);
      Kernel.chosen().dots(search.code.codes(), codes, search.dotsOf(rows));
      search.take(cell, rows, skipped);
    }
  }

  /**
   * Scores the candidates, the most promising first, until no other one can be within the limit.
   * One whose upper bound equals the last score still can: as a copy, or with a smaller uid.
   *
   * @return the best of the cells scanned since the last call; less than the limit allows when that
   *     many better ones were returned before. All results of a search, merged, are those of one
   */
  public SearchResult best() {
    prune();
    candidates.sort(Comparator.comparingDouble(BoundedRow::upper).reversed());
    List<Hit> hits = new ArrayList<>();
    for (BoundedRow candidate : candidates) {
      if (candidate.upper() < scores.value()) {
        break;
      }
      double score = candidate.score(query);
      scores.offer(score);
      hits.add(candidate.hit(score));
    }
    int reScored = hits.size();
    // below either, some were not scored: a gap
    double whole = Math.max(scores.value(), lowerBounds.value());
    hits.removeIf(hit -> hit.score() < whole);
    List<Hit> best = Hits.merge(List.of(hits), limit.hits());
    SearchResult result = new SearchResult(best, best.size() < live, scanned, reScored);
    candidates.clear();
    pruneAt = CANDIDATES_BEFORE_PRUNING;
    scanned = 0;
    live = 0;
    return result;
  }

  private int[] dotsOf(PackedBlock rows) {
    if (dots.length < rows.count()) {
      dots = new int[Math.max(rows.count(), PackedBlock.capacity(query.length))];
    }
    return dots;
  }

  /**
   * Takes in what the dot products of the rows promise. Nearly all of them promise too little even
   * with the widest radius of the block, and need no radius of their own.
   */
  private void take(CellStore cell, PackedBlock rows, BitSet dead) {
    BitSet skipped = among == null ? dead : skipped(among, rows, dead);
    scanned += rows.count();
    live += rows.count() - skipped.cardinality();
    double widest = code.radius(rows.errorMax(), rows.normMax());
    double floor = Rounding.differenceDown(lowerBounds.value(), widest);
    for (int i = 0; i < rows.count(); i++) {
      double approximation = code.approximation(rows.alpha(i), dots[i]);
      if (approximation >= floor && !skipped.get(i)) {
        double radius = code.radius(rows.error(i), rows.norm(i));
        if (approximation + radius >= lowerBounds.value()) {
          lowerBounds.offer(approximation - radius);
          add(new BoundedRow(approximation + radius, cell, rows, i));
          floor = Rounding.differenceDown(lowerBounds.value(), widest);
        }
      }
    }
  }

  /** Which rows are dead, or not among the wanted ones. */
  private BitSet skipped(Set<Hash128> wanted, PackedBlock rows, BitSet dead) {
    BitSet skipped = (BitSet) dead.clone();
    for (int i = 0; i < rows.count(); i++) {
      if (Arrays.binarySearch(amongHighs, rows.uidHigh(i)) < 0 || !wanted.contains(rows.uid(i))) {
        skipped.set(i);
      }
    }
    return skipped;
  }

  private void add(BoundedRow candidate) {
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
