package io.realmstream.model.reader;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PassageReadingTest {
  private static final PassageReading READING =
      new PassageReading(
          new float[] {3, -1}, new float[] {0, 5}, new int[] {0, 2}, new int[] {1, 3}, 7, 4, true);

  @Test
  void temperatureDividesEveryScoreAndNothingElse() {
    PassageReading half = READING.at(2);

    assertThat(half.startScores()).containsExactly(1.5f, -0.5f);
    assertThat(half.endScores()).containsExactly(0, 2.5f);
    assertThat(half.noAnswerScore()).isEqualTo(2);
    assertThat(half.tokenStarts()).isEqualTo(READING.tokenStarts());
    assertThat(half.tokenEnds()).isEqualTo(READING.tokenEnds());
    assertThat(half.spanTokensMax()).isEqualTo(7);
    assertThat(half.truncated()).isTrue();
  }

  @Test
  void temperatureOfOneChangesNoBit() {
    PassageReading odd =
        new PassageReading(
            new float[] {0.1f, 1e-40f},
            new float[] {3.3333333f, -7.7f},
            new int[] {0, 2},
            new int[] {1, 3},
            7,
            Double.NEGATIVE_INFINITY,
            false);

    assertThat(odd.at(1)).usingRecursiveComparison().isEqualTo(odd);
  }
}
