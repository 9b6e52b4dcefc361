package io.realmstream.model.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RocAreaTest {
  @Test
  void isTheShareOfPairsInTheRightOrder() {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      List<JudgedAnswer> answers = new ArrayList<>(List.of(answer(0.5, true), answer(0.5, false)));
      for (int i = 0; i < 60; i++) {
        answers.add(answer(random.nextInt(9) / 8.0, random.nextBoolean()));
      }
      assertThat(RocArea.of(answers)).isCloseTo(pairs(answers), within(1e-12));
    }
  }

  @Test
  void oneKindOfAnswersHasNone() {
    assertThat(RocArea.of(List.of())).isNull();
    assertThat(RocArea.of(List.of(answer(0.5, true)))).isNull();
    assertThat(RocArea.of(List.of(answer(0.5, false)))).isNull();
  }

  private static double pairs(List<JudgedAnswer> answers) {
    double ordered = 0;
    int pairs = 0;
    for (JudgedAnswer right : answers) {
      for (JudgedAnswer wrong : answers) {
        if (right.right() && !wrong.right()) {
          pairs++;
          int order = Double.compare(right.probability(), wrong.probability());
          ordered += order > 0 ? 1 : order == 0 ? 0.5 : 0;
        }
      }
    }
    return ordered / pairs;
  }

  private static JudgedAnswer answer(double probability, boolean right) {
    return new JudgedAnswer(probability, 0, right);
  }
}
