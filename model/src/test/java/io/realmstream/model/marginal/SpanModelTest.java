package io.realmstream.model.marginal;

import static io.realmstream.model.marginal.Readings.passage;
import static io.realmstream.model.marginal.Readings.reading;
import static io.realmstream.model.marginal.Readings.readingUpTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.realmstream.schemas.query.Normalization;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SpanModelTest {
  private static final double NONE = Double.NEGATIVE_INFINITY;
  private static final Offset<Double> CLOSE = within(1e-12);

  @ParameterizedTest
  @EnumSource
  void outcomesOfEachPassageHaveItsMarginalTogether(Normalization normalization) {
    for (int seed = 0; seed < 200; seed++) {
      SpanModel model = SpanModel.of(Questions.near(new Random(seed)), normalization);
      double all = 0;
      for (int z = 0; z < model.passages().length; z++) {
        double mass = mass(model, z);
        assertThat(mass).as("seed %d", seed).isCloseTo(Math.exp(model.marginals()[z]), CLOSE);
        all += mass;
      }
      assertThat(all).as("seed %d", seed).isCloseTo(1, CLOSE);
    }
  }

  @Test
  void paperTakesTheRetrieversWordForAPassageAndJointWeighsItsReadingToo() {
    // e^f: 1 and 3; e^g of the only outcome but "no answer", which is impossible: 6 and 1
    Candidate read = passage(1, 0, "x").read(reading("x", NONE, Math.log(6), 0));
    Candidate better = passage(2, Math.log(3), "y").read(reading("y", NONE, 0, 0));

    SpanModel paper = SpanModel.of(List.of(read, better), Normalization.PAPER);
    assertThat(paper.ranked()).containsExactly(better, read);
    assertThat(Math.exp(paper.logProbability(0, 0))).isCloseTo(3 / 4.0, CLOSE);
    assertThat(Math.exp(paper.logProbability(1, 0))).isCloseTo(1 / 4.0, CLOSE);
    SpanModel joint = SpanModel.of(List.of(read, better), Normalization.JOINT);
    assertThat(Math.exp(joint.logProbability(0, 0))).isCloseTo(3 / 9.0, within(1e-7));
    assertThat(Math.exp(joint.logProbability(1, 0))).isCloseTo(6 / 9.0, within(1e-7));
    assertThat(Math.exp(joint.retrieval()[1])).isCloseTo(1 / 4.0, CLOSE);
  }

  @Test
  void passageWithoutSpansIsNoAnswerInPaperAndLeftOutInJoint() {
    Candidate read = passage(1, 0, "x").read(reading("x", NONE, 0, 0));
    List<Candidate> candidates = List.of(read, Candidate.nullDocument(Math.log(3)));

    assertThat(SpanModel.of(candidates, Normalization.PAPER).noAnswerMass(Set.of()))
        .isCloseTo(3 / 4.0, CLOSE);
    SpanModel joint = SpanModel.of(candidates, Normalization.JOINT);
    assertThat(joint.noAnswerMass(Set.of())).isZero();
    assertThat(joint.marginals()[0]).isEqualTo(NONE);
    assertThat(joint.marginals()[1]).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void allMassIsNoAnswerWhenNoPassageHasSpans(Normalization normalization) {
    SpanModel model =
        SpanModel.of(List.of(passage(1, 5, "unread"), Candidate.nullDocument(4)), normalization);

    assertThat(model.noAnswerMass(Set.of())).isCloseTo(1, CLOSE);
    assertThat(model.marginals()).isEqualTo(model.retrieval());
  }

  @ParameterizedTest
  @EnumSource
  void largeScoresNeitherOverflowNorUnderflow(Normalization normalization) {
    for (int seed = 0; seed < 100; seed++) {
      SpanModel model =
          SpanModel.of(Questions.extreme(new Random(seed), -10_000, 10_000), normalization);
      double all = 0;
      for (int z = 0; z < model.passages().length; z++) {
        all += mass(model, z);
      }
      assertThat(all).as("seed %d", seed).isCloseTo(1, within(1e-9));
    }
  }

  @Test
  void inPaperNoSpanIsAboveItsPassageHoweverLargeTheReadersScoresAre() {
    for (int seed = 0; seed < 100; seed++) {
      List<Candidate> candidates = Questions.extreme(new Random(seed), -1e30, 1e30);
      SpanModel model = SpanModel.of(candidates, Normalization.PAPER);
      for (int z = 0; z < model.passages().length; z++) {
        assertThat(Arrays.stream(model.logs()[z]).max().orElseThrow())
            .as("seed %d", seed)
            .isLessThanOrEqualTo(model.retrieval()[z]);
        assertThat(mass(model, z))
            .as("seed %d", seed)
            .isCloseTo(Math.exp(model.retrieval()[z]), CLOSE);
      }
    }
  }

  @Test
  void shareOfAnAnswerIsThatOfAllItsSpansInOnePassage() {
    // e^g: Rome 1, x 2, rome! 3, "no answer" 2
    String body = "Rome x rome!";
    Candidate candidate =
        passage(1, 0, body)
            .read(readingUpTo(1, body, Math.log(2), 0, Math.log(2), Math.log(3), 0, 0, 0));
    SpanModel model = SpanModel.of(List.of(candidate), Normalization.PAPER);
    int[] answers = model.passages()[0].answers();

    assertThat(answers[2]).isEqualTo(answers[0]);
    assertThat(Math.exp(model.logShare(answers[0], 0))).isCloseTo(4 / 8.0, within(1e-7));
    assertThat(Math.exp(model.logShare(answers[1], 0))).isCloseTo(2 / 8.0, within(1e-7));
    assertThat(model.logShare(AnswerStrings.EMPTY, 0)).isEqualTo(NONE);
    assertThat(model.bestSpan(answers[0], 0)).isEqualTo(2);
    assertThat(model.bestSpan(AnswerStrings.EMPTY, 0)).isEqualTo(-1);
  }

  @Test
  void sharesOfManyAnswersAreThoseOfEachBitForBit() {
    for (int seed = 0; seed < 100; seed++) {
      SpanModel model =
          SpanModel.of(Questions.extreme(new Random(seed), -50, 50), Normalization.PAPER);
      for (int z = 0; z < model.passages().length; z++) {
        int[] answers = model.passages()[z].answers();
        int[] asked =
            IntStream.concat(IntStream.of(AnswerStrings.EMPTY, 1_000_000), Arrays.stream(answers))
                .distinct()
                .sorted()
                .toArray();
        double[] logs = model.logs()[z];
        double[] each =
            Arrays.stream(asked)
                .mapToDouble(
                    answer ->
                        LogSumExp.of(
                            IntStream.range(0, answers.length)
                                .filter(i -> answers[i] == answer)
                                .mapToDouble(i -> logs[i])
                                .toArray()))
                .toArray();
        assertThat(model.logShares(asked, z)).as("seed %d", seed).isEqualTo(each);
      }
    }
  }

  @Test
  void ofEqualSpansOfAnAnswerTheFirstIsTheBest() {
    Candidate candidate =
        passage(1, 0, "x x! x").read(readingUpTo(1, "x x! x", NONE, 0, 1, 1, 0, 0, 0));
    SpanModel model = SpanModel.of(List.of(candidate), Normalization.JOINT);

    assertThat(model.bestSpan(model.passages()[0].answers()[0], 0)).isEqualTo(1);
  }

  private static double mass(SpanModel model, int passage) {
    double mass = 0;
    for (int outcome = 0; outcome <= model.passages()[passage].count(); outcome++) {
      mass += Math.exp(model.logProbability(passage, outcome));
    }
    return mass;
  }
}
