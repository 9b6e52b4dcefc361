package io.realmstream.model.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.realmstream.model.evaluation.LogLoss;
import io.realmstream.model.marginal.Scaling;
import io.realmstream.model.marginal.ScoredQuestion;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScaleFitTest {
  private static final Scaling START = new Scaling(60, 1);

  @Test
  void scalingThatTheAnswersWereDrawnFromIsFound() {
    Scaling truth = new Scaling(25, 2.5);
    Scaling fitted = new ScaleFit(questions(truth, 6_000)).from(START);

    assertThat(fitted.scoreScale()).isCloseTo(25, within(5.0));
    assertThat(fitted.readerTemperature()).isCloseTo(2.5, within(0.3));
  }

  @Test
  void noScalingOnAGridHasTheSameAnswersMoreLikely() {
    List<ScoredQuestion> questions = questions(new Scaling(100, 0.5), 500);
    Scaling fitted = new ScaleFit(questions).from(START);
    double best = loss(questions, fitted, fitted);

    for (int i = -6; i <= 6; i++) {
      for (int j = -6; j <= 6; j++) {
        Scaling other =
            new Scaling(
                fitted.scoreScale() * Math.pow(1.3, i),
                fitted.readerTemperature() * Math.pow(1.3, j));
        assertThat(loss(questions, fitted, other)).as("%s", other).isGreaterThan(best - 1e-4);
      }
    }
  }

  @Test
  void answersThatAreAllWrongDoNotLeadBeyondTheBounds() {
    List<ScoredQuestion> questions =
        questions(new Scaling(60, 1), 50).stream().filter(q -> !isRight(q)).toList();
    Scaling fitted = new ScaleFit(questions).from(START);

    assertThat(fitted.scoreScale()).isBetween(60 / 20.01, 60 * 20.01);
    assertThat(fitted.readerTemperature()).isBetween(1 / 20.01, 20.01);
  }

  private static boolean isRight(ScoredQuestion question) {
    return question.isRight(question.answer(START));
  }

  /** The loss of the answers at one scaling, with their probabilities at another. */
  private static double loss(List<ScoredQuestion> questions, Scaling answers, Scaling at) {
    double sum = 0;
    for (ScoredQuestion question : questions) {
      int answer = question.answer(answers);
      sum += LogLoss.of(question.probability(answer, at), question.isRight(answer));
    }
    return sum / questions.size();
  }

  private static List<ScoredQuestion> questions(Scaling truth, int count) {
    return new SampledQuestions(7, truth).questions(count);
  }
}
