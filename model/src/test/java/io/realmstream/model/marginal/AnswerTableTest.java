package io.realmstream.model.marginal;

import static io.realmstream.model.marginal.Readings.passage;
import static io.realmstream.model.marginal.Readings.reading;
import static io.realmstream.model.marginal.Readings.readingUpTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.realmstream.model.reader.PassageReading;
import io.realmstream.schemas.query.Normalization;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AnswerTableTest {
  private static final double NONE = Double.NEGATIVE_INFINITY;

  @ParameterizedTest
  @EnumSource
  void probabilityOfAnAnswerIsTheSumOverItsSpans(Normalization normalization) {
    for (int seed = 0; seed < 200; seed++) {
      SpanModel model = SpanModel.of(Questions.near(new Random(seed)), normalization);
      AnswerTable table = AnswerTable.of(model);
      for (int answer = 0; answer < model.strings().size(); answer++) {
        double sum = 0;
        for (int z = 0; z < model.passages().length; z++) {
          sum += Math.exp(model.logShare(answer, z));
        }
        assertThat(Math.exp(table.logProbabilities()[answer]))
            .as("seed %d", seed)
            .isCloseTo(sum, within(1e-12));
      }
    }
  }

  @Test
  void probabilitiesFarBelowTheSmallestDoubleAreKeptApart() {
    Candidate low = passage(1, -2_000, "x y").read(readingUpTo(1, "x y", NONE, 1, 0, 0, 0));
    Candidate high = passage(2, 0, "z").read(reading("z", NONE, 0, 0));
    SpanModel model = SpanModel.of(List.of(low, high), Normalization.PAPER);
    AnswerTable table = AnswerTable.of(model);
    int[] answers = model.passages()[1].answers();

    assertThat(table.logProbabilities()[answers[0]])
        .isCloseTo(-2_000 - Math.log(1 + Math.exp(-1)), within(1e-9));
    assertThat(table.logProbabilities()[answers[0]] - table.logProbabilities()[answers[1]])
        .isCloseTo(1, within(1e-9));
  }

  @Test
  void stringThatNoSpanHasIsImpossibleAndNeverAmongTheBest() {
    // one token "x y": the string "x" is on the way to it
    PassageReading seen =
        new PassageReading(
            new float[1], new float[1], new int[] {0}, new int[] {3}, 1, NONE, false);
    SpanModel model = SpanModel.of(List.of(passage(1, 0, "x y").read(seen)), Normalization.PAPER);
    AnswerTable table = AnswerTable.of(model);
    int whole = model.passages()[0].answers()[0];

    assertThat(model.strings().size()).isEqualTo(3);
    assertThat(table.top(9, table.logProbabilities())).containsExactly(whole);
    for (int answer = 0; answer < 3; answer++) {
      assertThat(table.logProbabilities()[answer]).isEqualTo(answer == whole ? 0 : NONE);
    }
  }

  @Test
  void emptyStringIsNotAmongTheBestHoweverProbable() {
    Candidate candidate = passage(1, 0, "the x").read(readingUpTo(1, "the x", NONE, 9, 0, 0, 0));
    SpanModel model = SpanModel.of(List.of(candidate), Normalization.PAPER);
    AnswerTable table = AnswerTable.of(model);

    assertThat(table.logProbabilities()[AnswerStrings.EMPTY]).isGreaterThan(-0.01);
    assertThat(table.top(2, table.logProbabilities()))
        .containsExactly(model.passages()[0].answers()[1]);
  }

  @Test
  void bestSpanIsTheFirstOfEqualsInTheBetterPassage() {
    Candidate first = passage(1, 0, "u x x").read(readingUpTo(1, "u x x", NONE, 0, 1, 1, 0, 0, 0));
    Candidate second = passage(2, 0, "x u v").read(readingUpTo(1, "x u v", NONE, 1, 1, 0, 0, 0, 0));
    SpanModel model = SpanModel.of(List.of(second, first), Normalization.JOINT);
    AnswerTable table = AnswerTable.of(model);
    int x = model.passages()[0].answers()[1];
    int u = model.passages()[0].answers()[0];

    assertThat(table.bestPassage()[x]).isZero();
    assertThat(table.bestSpan()[x]).isEqualTo(1);
    assertThat(table.best()[x]).isEqualTo(model.logProbability(0, 1));
    assertThat(table.bestPassage()[u]).isEqualTo(1);
    assertThat(table.bestSpan()[u]).isEqualTo(1);
  }

  @Test
  void topIsTheBeginningOfAllStringsSortedByKeyPassageAndSpan() {
    for (int seed = 0; seed < 300; seed++) {
      SpanModel model = SpanModel.of(Questions.tied(new Random(seed)), Normalization.JOINT);
      AnswerTable table = AnswerTable.of(model);
      double[] keys = table.best();
      List<Integer> all =
          IntStream.range(1, keys.length)
              .filter(answer -> keys[answer] > NONE)
              .boxed()
              .sorted(
                  Comparator.comparingDouble((Integer answer) -> -keys[answer])
                      .thenComparing(answer -> table.bestPassage()[answer])
                      .thenComparing(answer -> table.bestSpan()[answer]))
              .toList();
      for (int count = 1; count <= all.size() + 1; count++) {
        assertThat(table.top(count, keys))
            .as("seed %d", seed)
            .isEqualTo(all.subList(0, Math.min(count, all.size())));
      }
    }
  }
}
