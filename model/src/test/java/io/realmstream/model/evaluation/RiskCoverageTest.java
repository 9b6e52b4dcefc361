package io.realmstream.model.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RiskCoverageTest {
  @Test
  void curveAndAreaByHand() {
    RiskCoverage curve =
        RiskCoverage.of(List.of(answer(0.2, false), answer(0.9, true), answer(0.5, false)));

    assertThat(curve.curve())
        .extracting(RiskCoverage.Point::risk)
        .containsExactly(0.0, 1 / 2.0, 2 / 3.0);
    assertThat(curve.curve())
        .extracting(RiskCoverage.Point::probability)
        .containsExactly(0.9, 0.5, 0.2);
    assertThat(curve.area()).isCloseTo((0 + 1 / 2.0 + 2 / 3.0) / 3, within(1e-12));
  }

  @Test
  void equallyProbableAnswersCountAsInRandomOrder() {
    Random random = new Random(1);
    List<JudgedAnswer> answers = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      answers.add(answer(random.nextInt(3) / 4.0, random.nextBoolean()));
    }
    double sum = 0;
    int orders = 20_000;
    for (int order = 0; order < orders; order++) {
      Collections.shuffle(answers, random);
      sum += plainArea(answers);
    }
    assertThat(RiskCoverage.of(answers).area()).isCloseTo(sum / orders, within(0.002));
  }

  @Test
  void curveOfManyAnswersHasAHundredPointsAndEndsWithAllOfThem() {
    Random random = new Random(1);
    List<JudgedAnswer> answers = new ArrayList<>();
    for (int i = 0; i < 12_345; i++) {
      answers.add(answer(random.nextDouble(), random.nextBoolean()));
    }
    RiskCoverage curve = RiskCoverage.of(answers);
    assertThat(curve.curve()).hasSize(RiskCoverage.POINTS);
    assertThat(curve.curve().get(99).coverage()).isEqualTo(1);
    long wrong = answers.stream().filter(answer -> !answer.right()).count();
    assertThat(curve.curve().get(99).risk()).isCloseTo(wrong / 12_345.0, within(1e-12));
    assertThat(curve.area()).isCloseTo(plainArea(answers), within(1e-9));
  }

  @Test
  void withoutAnswersThereIsNoCurve() {
    assertThat(RiskCoverage.of(List.of())).isEqualTo(new RiskCoverage(List.of(), 0));
  }

  /** The area by a plain loop; equal probabilities stay in the order of the list. */
  private static double plainArea(List<JudgedAnswer> answers) {
    List<JudgedAnswer> sorted = new ArrayList<>(answers);
    sorted.sort((a, b) -> Double.compare(b.probability(), a.probability()));
    double sum = 0;
    int wrong = 0;
    for (int i = 0; i < sorted.size(); i++) {
      wrong += sorted.get(i).right() ? 0 : 1;
      sum += (double) wrong / (i + 1);
    }
    return sum / sorted.size();
  }

  private static JudgedAnswer answer(double probability, boolean right) {
    return new JudgedAnswer(probability, 0, right);
  }
}
