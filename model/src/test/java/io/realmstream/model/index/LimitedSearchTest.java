package io.realmstream.model.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.index.store.CellId;
import io.realmstream.model.index.store.MapBlockStore;
import io.realmstream.model.index.topk.Hit;
import io.realmstream.model.index.topk.SearchLimit;
import io.realmstream.model.index.topk.SearchResult;
import io.realmstream.model.index.vector.VectorFamily;
import io.realmstream.model.retrieval.Ranking;
import io.realmstream.schemas.Hash128;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What a search with a limit in different vectors finds is a beginning of the plain loop's order,
 * long enough, and says whether it is all: in one cell, and merged from several that were searched
 * with limits of their own.
 */
class LimitedSearchTest {
  private static final long SEED = 14;
  private static final int TRIALS = 4_000;

  private final Random random = new Random(SEED);

  @Test
  void hitsAreTheFirstOfThePlainLoopUpToTheLimit() {
    for (int trial = 0; trial < TRIALS; trial++) {
      Corpus corpus = new Corpus(1, 1 + random.nextInt(8), random.nextInt(80));
      float[] query = VectorFamily.any(random).scaled(random, corpus.dimension, 20);
      SearchLimit limit = limit();
      SearchResult found = corpus.cells.get(0).search(query, limit);
      List<Hit> all = corpus.plain.search(query, Integer.MAX_VALUE);

      String as = "seed %d, trial %d, %s".formatted(SEED, trial, limit);
      assertBeginning(new Ranking(found.hits(), found.cut()), all, as);
      if (found.cut() && found.hits().size() < limit.hits()) {
        assertThat(corpus.vectors(found.hits()))
            .as(as)
            .hasSizeGreaterThanOrEqualTo(limit.different());
      }
      assertThat(scores(found.hits()))
          .as("no more than wanted, " + as)
          .hasSizeLessThanOrEqualTo(limit.different());
    }
  }

  @Test
  void partsOfOtherLimitsMergeToABeginningOfAll() {
    int ended = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
      Corpus corpus = new Corpus(3, 1 + random.nextInt(8), random.nextInt(120));
      float[] query = VectorFamily.any(random).scaled(random, corpus.dimension, 20);
      SearchLimit limit = limit();
      List<Ranking> parts = new ArrayList<>();
      for (Cell cell : corpus.cells) {
        // each subtask knows of other recent changes than the merge
        SearchResult found = cell.search(query, limit.plus(random.nextInt(5)));
        parts.add(new Ranking(found.hits(), found.cut()));
      }
      SearchLimit merged = limit.plus(random.nextInt(15));
      Ranking ranking = Ranking.merge(parts, merged);
      List<Hit> all = corpus.plain.search(query, Integer.MAX_VALUE);

      String as = "seed %d, trial %d, %s".formatted(SEED, trial, limit);
      assertBeginning(ranking, all, as);
      assertThat(ranking.hits()).as(as).hasSizeLessThanOrEqualTo(merged.hits());
      if (ranking.cut() && ranking.hits().size() < limit.hits()) {
        assertThat(corpus.vectors(ranking.hits()))
            .as(as)
            .hasSizeGreaterThanOrEqualTo(limit.different());
      }
      int count = parts.stream().mapToInt(part -> part.hits().size()).sum();
      ended += ranking.hits().size() < Math.min(count, merged.hits()) ? 1 : 0;
    }
    assertThat(ended).as("merges that end where a part does").isGreaterThan(100);
  }

  @Test
  void searchAmongSomePassagesIsThePlainLoopsWithoutTheOthers() {
    for (int trial = 0; trial < TRIALS; trial++) {
      Corpus corpus = new Corpus(2, 1 + random.nextInt(8), random.nextInt(80));
      Set<Hash128> among = new HashSet<>(Set.of(Corpus.uid(1_000)));
      for (IndexEntry entry : corpus.plain.live()) {
        if (random.nextInt(4) == 0) {
          among.add(entry.uid());
        } else if (random.nextInt(4) == 0) {
          among.add(new Hash128(entry.uid().high(), ~entry.uid().low())); // half of it is not it
        }
      }
      float[] query = VectorFamily.any(random).scaled(random, corpus.dimension, 20);
      SearchLimit limit = limit();
      Search search = new Search(query, limit, among);
      corpus.cells.forEach(cell -> cell.scan(List.of(search)));
      SearchResult found = search.best();
      List<Hit> all =
          corpus.plain.search(query, Integer.MAX_VALUE).stream()
              .filter(hit -> among.contains(hit.uid()))
              .toList();

      String as = "seed %d, trial %d, %s".formatted(SEED, trial, limit);
      assertBeginning(new Ranking(found.hits(), found.cut()), all, as);
      if (found.cut() && found.hits().size() < limit.hits()) {
        assertThat(corpus.vectors(found.hits()))
            .as(as)
            .hasSizeGreaterThanOrEqualTo(limit.different());
      }
    }
  }

  @Test
  void fiveCopiesOfEachTextTakeNoRoomFromOthers() {
    Corpus corpus = new Corpus(1, 16, 0);
    for (int text = 0; text < 200; text++) {
      float[] vector = VectorFamily.GAUSSIAN.vector(random, 16);
      for (int copy = 0; copy < 5; copy++) {
        corpus.insert(5 * text + copy, vector);
      }
    }
    for (int k : new int[] {10, 100}) {
      float[] query = VectorFamily.GAUSSIAN.vector(random, 16);
      SearchResult found = corpus.cells.get(0).search(query, SearchLimit.first(k));

      assertThat(found.hits()).hasSize(5 * (k + 8));
      assertThat(corpus.vectors(found.hits())).hasSize(k + 8);
      assertThat(found.cut()).isTrue();
      assertThat(found.hits()).isEqualTo(corpus.plain.search(query, 5 * (k + 8)));
    }
  }

  private SearchLimit limit() {
    int different = 1 + random.nextInt(12);
    return new SearchLimit(different, different + random.nextInt(60));
  }

  private static void assertBeginning(Ranking ranking, List<Hit> all, String as) {
    assertThat(ranking.hits()).as(as).isEqualTo(all.subList(0, ranking.hits().size()));
    assertThat(ranking.cut()).as(as).isEqualTo(ranking.hits().size() < all.size());
  }

  private static Set<Double> scores(List<Hit> hits) {
    Set<Double> scores = new HashSet<>();
    hits.forEach(hit -> scores.add(hit.score() + 0.0));
    return scores;
  }

  /** Cells and their oracle, fed alike with vectors that each stand there up to five times. */
  private final class Corpus {
    private final int dimension;
    private final List<Cell> cells = new ArrayList<>();
    private final PlainIndex plain = new PlainIndex();

    Corpus(int cellCount, int dimension, int count) {
      this.dimension = dimension;
      for (int i = 0; i < cellCount; i++) {
        cells.add(new Cells(new MapBlockStore(), 0).cell(new CellId(1, 0, i), dimension));
      }
      int uid = 0;
      while (uid < count) {
        float[] vector = VectorFamily.any(random).scaled(random, dimension, 20);
        for (int copies = 1 + random.nextInt(5); copies > 0 && uid < count; copies--) {
          insert(uid++, vector);
        }
      }
      for (int i = 0; i < count / 10; i++) {
        int gone = random.nextInt(count);
        cells.get(gone % cellCount).delete(uid(gone), 1);
        plain.delete(uid(gone), 1);
      }
    }

    void insert(int uid, float[] vector) {
      IndexEntry entry = new IndexEntry(uid(uid), 1, uid & 15, vector);
      cells.get(uid % cells.size()).insert(entry);
      plain.insert(entry);
    }

    Set<String> vectors(List<Hit> hits) {
      Set<Hash128> uids = new HashSet<>();
      hits.forEach(hit -> uids.add(hit.uid()));
      Set<String> vectors = new HashSet<>();
      for (IndexEntry entry : plain.live()) {
        if (uids.contains(entry.uid())) {
          vectors.add(Arrays.toString(entry.vector()));
        }
      }
      return vectors;
    }

    /** In another order than they come. */
    private static Hash128 uid(int number) {
      return new Hash128(0x9e3779b97f4a7c15L * (number + 1), number);
    }
  }
}
