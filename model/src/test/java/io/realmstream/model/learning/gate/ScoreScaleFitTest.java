package io.realmstream.model.learning.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScoreScaleFitTest {

  @Test
  void scaleByHand() {
    // right by .1 in 9 of 10 cases, wrong by .1 in one: p = .9 needs a log ratio of log 9
    ScoreScaleFit fit = new ScoreScaleFit();
    for (int i = 0; i < 9; i++) {
      fit.add(0.6, new double[] {0.5});
    }
    fit.add(0.5, new double[] {0.6});
    assertThat(fit.fit()).isCloseTo(Math.log(9) / 0.1, within(1e-3));
  }

  @Test
  void scaleStaysWithinItsBounds() {
    ScoreScaleFit right = new ScoreScaleFit();
    right.add(0.9, new double[] {0.1});
    assertThat(right.fit()).isLessThanOrEqualTo(1_000);
    ScoreScaleFit wrong = new ScoreScaleFit();
    wrong.add(0.1, new double[] {0.9});
    assertThat(wrong.fit()).isBetween(1.0, 1.01);
  }

  @Test
  void withoutAQuestionThereIsNoScale() {
    assertThatThrownBy(() -> new ScoreScaleFit().fit())
        .hasMessage("no question to fit the score scale on");
  }
}
