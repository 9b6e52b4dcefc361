package io.realmstream.model.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReliabilityTest {
  @Test
  void binsAndErrorByHand() {
    Reliability reliability =
        Reliability.of(
            List.of(answer(0.12, true), answer(0.18, false), answer(0.95, true), answer(1, true)));

    assertThat(reliability.bins()).hasSize(2);
    Reliability.Bin low = reliability.bins().get(0);
    assertThat(low.from()).isEqualTo(0.1);
    assertThat(low.to()).isEqualTo(0.2);
    assertThat(low.count()).isEqualTo(2);
    assertThat(low.probability()).isCloseTo(0.15, within(1e-12));
    assertThat(low.right()).isEqualTo(0.5);
    // (2 |.15 - .5| + 2 |.975 - 1|) / 4
    assertThat(reliability.calibrationError()).isCloseTo(0.1875, within(1e-12));
  }

  @Test
  void zeroAndOneHaveABin() {
    Reliability reliability = Reliability.of(List.of(answer(0, false), answer(1, true)));
    assertThat(reliability.bins()).extracting(Reliability.Bin::count).containsExactly(1, 1);
    assertThat(reliability.calibrationError()).isZero();
  }

  @Test
  void answersThatAreRightAsOftenAsTheySayHaveNearlyNoError() {
    Random random = new Random(1);
    List<JudgedAnswer> answers = new ArrayList<>();
    for (int i = 0; i < 50_000; i++) {
      double probability = random.nextDouble();
      answers.add(answer(probability, random.nextDouble() < probability));
    }
    assertThat(Reliability.of(answers).calibrationError()).isLessThan(0.01);
  }

  @Test
  void withoutAnswersThereIsNoBin() {
    assertThat(Reliability.of(List.of())).isEqualTo(new Reliability(List.of(), 0));
  }

  private static JudgedAnswer answer(double probability, boolean right) {
    return new JudgedAnswer(probability, 0, right);
  }
}
