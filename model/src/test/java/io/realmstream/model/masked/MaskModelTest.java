package io.realmstream.model.masked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.realmstream.model.marginal.Candidate;
import io.realmstream.schemas.Hash128;
import java.util.List;
import org.junit.jupiter.api.Test;

class MaskModelTest {
  private static final Candidate SECOND = candidate(1, 0);
  private static final Candidate FIRST = candidate(2, 1);

  private final MaskModel model =
      MaskModel.of(
          List.of(SECOND, FIRST),
          List.of(
              new MaskReading(new float[][] {{0, 0}, {1000, -1000}}, false),
              new MaskReading(new float[][] {{0, 0}, {0, 0}}, false)));

  @Test
  void readingsFollowTheirCandidatesToTheirRanks() {
    assertThat(model.ranked()).containsExactly(FIRST, SECOND);
    assertThat(model.logToken(0, 1, 1)).isCloseTo(-Math.log(2), within(1e-15));
    assertThat(model.logToken(1, 1, 1)).isEqualTo(-2000);
  }

  @Test
  void likelihoodIsTheSumOverTheMasks() {
    assertThat(model.logLikelihood(1, new int[] {0, 1})).isEqualTo(-Math.log(2) - 2000);
  }

  @Test
  void marginalIsWeighedByTheRetrieval() {
    double first = Math.E / (1 + Math.E);
    assertThat(Math.exp(model.logMarginals(1)[0])).isCloseTo(1 - first / 2, within(1e-15));
    assertThat(Math.exp(model.logMarginals(1)[1])).isCloseTo(first / 2, within(1e-15));
  }

  private static Candidate candidate(int uid, double score) {
    return new Candidate(new Hash128(0, uid), new Hash128(0, uid), score, "", null);
  }
}
