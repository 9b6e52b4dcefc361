package io.realmstream.model.masked;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.marginal.Candidate;
import io.realmstream.model.masked.TokenSequences.Scored;
import io.realmstream.schemas.Hash128;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenSequencesTest {
  @Test
  void tokensStandBestFirstAndEqualOnesByTheirIds() {
    double[] logs = {-3, -1, -2, -1, -9};

    assertThat(TokenSequences.bestTokens(logs, 4)).containsExactly(1, 3, 2, 0);
    assertThat(TokenSequences.bestTokens(logs, 1)).containsExactly(1);
    assertThat(TokenSequences.bestTokens(logs, 99)).containsExactly(1, 3, 2, 0, 4);
  }

  @Test
  void sequencesStandBestFirstAndEqualOnesByTheirTokens() {
    List<Scored> scored =
        List.of(
            new Scored(new int[] {2, 0}, -1),
            new Scored(new int[] {1, 9}, -1),
            new Scored(new int[] {7, 7}, -.5),
            new Scored(new int[] {0, 0}, -2));

    assertThat(TokenSequences.best(scored, 3))
        .extracting(Scored::tokens)
        .containsExactly(new int[] {7, 7}, new int[] {1, 9}, new int[] {2, 0});
  }

  /** The first candidate prefers 0 and 1, the second 2 and 1; a beam of one finds just these. */
  @Test
  void eachCandidateGivesItsOwnBest() {
    MaskModel model =
        model(new float[][] {{5, 1, 0}, {0, 5, 1}}, new float[][] {{0, 1, 5}, {0, 5, 1}});

    assertThat(TokenSequences.ofEachCandidate(model, 1))
        .containsExactly(new int[] {0, 1}, new int[] {2, 1});
  }

  /** By logits: (0, 1) 10, (0, 2) 7, (1, 1) 6, (1, 2) 3. */
  @Test
  void beamKeepsTheBestBeginnings() {
    MaskModel model = model(new float[][] {{5, 1, -9}, {-9, 5, 2}});

    assertThat(TokenSequences.ofEachCandidate(model, 3))
        .containsExactly(new int[] {0, 1}, new int[] {0, 2}, new int[] {1, 1});
  }

  @Test
  void sequenceOfSeveralCandidatesStandsOnce() {
    float[][] same = {{5, 1, 0}, {0, 5, 1}};

    assertThat(TokenSequences.ofEachCandidate(model(same, same), 1))
        .containsExactly(new int[] {0, 1});
  }

  private static MaskModel model(float[][]... logits) {
    List<Candidate> candidates =
        List.of(
            new Candidate(new Hash128(0, 1), new Hash128(1, 1), 1, "", null),
            new Candidate(new Hash128(0, 2), new Hash128(1, 2), 0, "", null));
    return MaskModel.of(
        candidates.subList(0, logits.length),
        Arrays.stream(logits).map(rows -> new MaskReading(rows, false)).toList());
  }
}
