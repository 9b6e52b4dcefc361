package io.realmstream.model.index.partition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelectionTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 40, 199, 200, 500})
  void bestAreTheFirstOfAllSortedByScoreThenNumber(int wanted) {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      float[] scores = new float[200];
      for (int cell = 0; cell < scores.length; cell++) {
        scores[cell] = (random.nextInt(31) - 15) / 4f;
      }
      Selection selection = new Selection(wanted);
      // from the highest number down: a tie is decided by the number, not by who came first
      for (int cell = scores.length - 1; cell >= 0; cell--) {
        selection.offer(cell, scores[cell]);
      }
      int[] sorted =
          IntStream.range(0, scores.length)
              .boxed()
              .sorted(
                  Comparator.comparing((Integer cell) -> -scores[cell]).thenComparing(cell -> cell))
              .mapToInt(cell -> cell)
              .limit(wanted)
              .toArray();
      assertThat(selection.best()).as("seed %d", seed).isEqualTo(sorted);
    }
  }

  @Test
  void fewerAreAllThatWereOffered() {
    Selection selection = new Selection(3);
    assertThat(selection.best()).isEmpty();
    assertThat(selection.behind()).isEmpty();
    selection.offer(8, -1);
    selection.offer(3, 2);
    assertThat(selection.best()).containsExactly(3, 8);
  }

  @Test
  void scoresOfAnySizeAndSignAreInOrderAndBothZerosAreEqual() {
    float[] scores = {
      Float.NEGATIVE_INFINITY,
      -Float.MAX_VALUE,
      -1,
      -Float.MIN_VALUE,
      -0f,
      0f,
      Float.MIN_VALUE,
      1,
      Float.MAX_VALUE,
      Float.POSITIVE_INFINITY
    };
    Selection selection = new Selection(scores.length);
    for (int cell = 0; cell < scores.length; cell++) {
      selection.offer(cell, scores[cell]);
    }

    assertThat(selection.best()).containsExactly(9, 8, 7, 6, 4, 5, 3, 2, 1, 0);
  }

  @Test
  void distanceIsCountedFromTheMeanOfTheFirstFive() {
    Selection selection = new Selection(7);
    float[] scores = {-4, 10, 2, 8, 6, 4, 0};
    for (int cell = 0; cell < scores.length; cell++) {
      selection.offer(cell, scores[cell]);
    }

    assertThat(selection.behind()).containsExactly(-4, -2, 0, 2, 4, 6, 10);
  }

  @Test
  void ofFewerThanFiveTheMeanIsTheirs() {
    Selection selection = new Selection(2);
    selection.offer(0, 1);
    selection.offer(1, 7);
    selection.offer(2, 3);

    assertThat(selection.behind()).containsExactly(-2, 2);
  }

  @Test
  void offersMayGoOnAfterTheBestWereAskedFor() {
    Selection selection = new Selection(2);
    selection.offer(4, 1);
    selection.offer(5, 3);
    selection.offer(6, 2);
    assertThat(selection.best()).containsExactly(5, 6);
    selection.offer(9, 2);
    selection.offer(1, 2);
    selection.offer(0, 5);

    assertThat(selection.best()).containsExactly(0, 5);
  }

  @Test
  void largestCellNumberIsKeptWhole() {
    Selection selection = new Selection(1);
    selection.offer(Integer.MAX_VALUE, -3);

    assertThat(selection.best()).containsExactly(Integer.MAX_VALUE);
    assertThat(selection.behind()).containsExactly(0);
  }
}
