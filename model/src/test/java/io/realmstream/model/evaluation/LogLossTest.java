package io.realmstream.model.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class LogLossTest {
  @Test
  void meanOverAnswers() {
    List<JudgedAnswer> answers =
        List.of(new JudgedAnswer(0.5, 0, true), new JudgedAnswer(0.75, 0, false));
    // -(ln .5 + ln .25) / 2
    assertThat(LogLoss.of(answers)).isCloseTo(1.5 * Math.log(2), within(1e-12));
  }

  @Test
  void certaintyThatIsWrongCostsMuchButNotEverything() {
    assertThat(LogLoss.of(1, false)).isCloseTo(6 * Math.log(10), within(1e-9));
    assertThat(LogLoss.of(0, true)).isCloseTo(6 * Math.log(10), within(1e-9));
    assertThat(LogLoss.of(1, true)).isZero();
  }
}
