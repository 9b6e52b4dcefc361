package io.realmstream.model.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.index.topk.Hit;
import io.realmstream.model.index.topk.SearchLimit;
import io.realmstream.schemas.Hash128;
import java.util.List;
import org.junit.jupiter.api.Test;

class RankingTest {
  private static final SearchLimit WIDE = new SearchLimit(100, 100);

  @Test
  void partsThatAreWholeMergeToTheWhole() {
    Ranking merged =
        Ranking.merge(List.of(whole(hit(1, 3), hit(2, 1)), whole(), whole(hit(3, 2))), WIDE);

    assertThat(merged).isEqualTo(whole(hit(1, 3), hit(3, 2), hit(2, 1)));
  }

  @Test
  void behindTheLastHitOfAPartThatIsCutNothingIsKnown() {
    Ranking merged =
        Ranking.merge(List.of(cut(hit(1, 3), hit(2, 2)), whole(hit(3, 2.5), hit(4, 1))), WIDE);

    assertThat(merged).isEqualTo(cut(hit(1, 3), hit(3, 2.5), hit(2, 2)));
  }

  @Test
  void amongEqualScoresTheUidDecidesWhatIsKnown() {
    Ranking merged = Ranking.merge(List.of(cut(hit(2, 1)), whole(hit(1, 1), hit(3, 1))), WIDE);

    assertThat(merged).isEqualTo(cut(hit(1, 1), hit(2, 1)));
  }

  @Test
  void theEarliestEndCounts() {
    Ranking merged =
        Ranking.merge(List.of(cut(hit(1, 9), hit(2, 5)), cut(hit(3, 7)), whole(hit(4, 6))), WIDE);

    assertThat(merged).isEqualTo(cut(hit(1, 9), hit(3, 7)));
  }

  @Test
  void copiesOfTheLastWantedScoreComeAlong() {
    Ranking merged =
        Ranking.merge(
            List.of(whole(hit(1, 3), hit(2, 3), hit(3, 2), hit(4, 2), hit(5, 1))),
            new SearchLimit(2, 10));

    assertThat(merged).isEqualTo(cut(hit(1, 3), hit(2, 3), hit(3, 2), hit(4, 2)));
  }

  @Test
  void theLimitInHitsEndsCopiesToo() {
    Ranking merged =
        Ranking.merge(List.of(whole(hit(1, 3), hit(2, 3), hit(3, 3))), new SearchLimit(2, 2));

    assertThat(merged).isEqualTo(cut(hit(1, 3), hit(2, 3)));
  }

  @Test
  void aPartOfWhichNothingIsKnownEndsAll() {
    assertThat(Ranking.merge(List.of(cut(), whole(hit(1, 1))), WIDE)).isEqualTo(cut());
  }

  @Test
  void ofARankingThatIsWholeEveryRankIsCertain() {
    assertThat(whole(hit(1, 3)).isCertain(3, 1)).isTrue();
  }

  @Test
  void ofOneThatIsCutRanksAreCertainDownToItsEnd() {
    Ranking ranking = cut(hit(1, 3), hit(2, 2));
    assertThat(ranking.isCertain(6, 2)).isTrue();
    assertThat(ranking.isCertain(4, 2)).as("equal scores that were cut have larger uids").isTrue();
  }

  @Test
  void aRankIsNotCertainWhereTheScaleMakesOtherScoresEqualToTheLast() {
    double last = 1.9;
    double scale = 0.53;
    double below = scale * Math.nextDown(last);
    Ranking ranking = cut(hit(9, last));
    // the scale maps the two to one number: an unseen hit of a smaller uid could come first
    assertThat(below).isEqualTo(scale * last);
    assertThat(ranking.isCertain(scale * last, scale)).isFalse();
    assertThat(cut().isCertain(1, 1)).isFalse();
  }

  private static Ranking whole(Hit... hits) {
    return new Ranking(List.of(hits), false);
  }

  private static Ranking cut(Hit... hits) {
    return new Ranking(List.of(hits), true);
  }

  private static Hit hit(int uid, double score) {
    return new Hit(new Hash128(0, uid), 0, score);
  }
}
