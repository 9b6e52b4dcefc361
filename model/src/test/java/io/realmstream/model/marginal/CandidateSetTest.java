package io.realmstream.model.marginal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.realmstream.schemas.Hash128;
import java.util.List;
import org.junit.jupiter.api.Test;

class CandidateSetTest {
  private static final Candidate NULL_DOCUMENT = Candidate.nullDocument(2);

  @Test
  void bestScoresComeFirstAndTheRestIsCutOff() {
    assertThat(select(2, passage(1, 1), passage(2, 3), passage(3, 2)))
        .containsExactly(passage(2, 3), passage(3, 2));
  }

  @Test
  void smallerUidComesFirstAmongEqualScores() {
    // -1 has the largest unsigned value
    assertThat(select(2, passage(-1, 1), passage(7, 1), passage(5, 1)))
        .containsExactly(passage(5, 1), passage(7, 1));
  }

  @Test
  void zeroesOfBothSignsAreEqualScores() {
    assertThat(select(1, passage(2, 0.0), passage(1, -0.0))).containsExactly(passage(1, 0.0));
  }

  @Test
  void fewerThanKAreNotPadded() {
    assertThat(select(5, passage(1, 1))).hasSize(1);
    assertThat(select(5)).isEmpty();
  }

  @Test
  void smallestUidStaysOfEqualContents() {
    assertThat(select(5, withContent(9, 2, 40), withContent(3, 2, 40), withContent(8, 2, 41)))
        .containsExactly(withContent(3, 2, 40), withContent(8, 2, 41));
  }

  @Test
  void aPassageThatIsFetchedTwiceCountsOnce() {
    assertThat(select(5, passage(1, 1), passage(1, 1))).containsExactly(passage(1, 1));
  }

  @Test
  void originIsNotRetrieved() {
    List<Candidate> fetched = List.of(passage(1, 3), passage(2, 2), passage(3, 1));
    assertThat(CandidateSet.select(fetched, 2, null, new Hash128(0, 1)))
        .containsExactly(passage(2, 2), passage(3, 1));
  }

  @Test
  void originLeavesBeforeContentsAreCompared() {
    List<Candidate> fetched = List.of(withContent(1, 3, 40), withContent(2, 3, 40));
    assertThat(CandidateSet.select(fetched, 2, null, new Hash128(0, 1)))
        .containsExactly(withContent(2, 3, 40));
  }

  @Test
  void nullDocumentTakesOneOfTheKPlacesAtItsOwnRank() {
    // K = k - 1 = 2 real passages; the null document's score 2 ranks it between them.
    List<Candidate> fetched = List.of(passage(1, 3), passage(2, 1), passage(3, 0));
    assertThat(CandidateSet.select(fetched, 3, NULL_DOCUMENT, null))
        .containsExactly(passage(1, 3), NULL_DOCUMENT, passage(2, 1));
  }

  @Test
  void nullDocumentStaysEvenWhenItScoresWorst() {
    Candidate worst = Candidate.nullDocument(-50);
    assertThat(CandidateSet.select(List.of(passage(1, 3), passage(2, 1)), 2, worst, null))
        .containsExactly(passage(1, 3), worst);
  }

  @Test
  void nullDocumentAloneHasProbabilityOne() {
    List<Candidate> alone = CandidateSet.select(List.of(passage(1, 3)), 1, NULL_DOCUMENT, null);
    assertThat(alone).containsExactly(NULL_DOCUMENT);
    assertThat(CandidateSet.logProbabilities(alone)).containsExactly(0);
    assertThat(CandidateSet.select(List.of(), 5, NULL_DOCUMENT, null)).isEqualTo(alone);
  }

  @Test
  void probabilitiesAreTheSoftmaxOfTheScoresOverTheSetAlone() {
    // exp: 6, 3, 1; sum 10
    double[] logs =
        CandidateSet.logProbabilities(
            List.of(passage(1, Math.log(6)), passage(2, Math.log(3)), passage(3, 0)));
    assertThat(logs)
        .containsExactly(new double[] {Math.log(0.6), Math.log(0.3), Math.log(0.1)}, within(1e-15));
  }

  @Test
  void kBelowOneIsRefused() {
    assertThatThrownBy(() -> select(0, passage(1, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("k is 0");
  }

  @Test
  void scoresThatAreNoFiniteNumbersAreRefused() {
    for (double score : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
      assertThatThrownBy(() -> passage(1, score))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("is " + score);
    }
  }

  private static List<Candidate> select(int k, Candidate... fetched) {
    return CandidateSet.select(List.of(fetched), k, null, null);
  }

  private static Candidate passage(long uid, double score) {
    return withContent(uid, score, uid);
  }

  private static Candidate withContent(long uid, double score, long content) {
    return new Candidate(new Hash128(0, uid), new Hash128(1, content), score, "", null);
  }
}
