package io.realmstream.model.index.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.index.vector.Int8Code;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProbeMeasurementTest {
  private static final int CELLS = 10;

  /**
   * Cell i at i + 1. Codes of one dimension are exact, and every query ranks 9, 8, 7, and so on.
   */
  private static final Centroids LINE = line();

  @Test
  void withoutQueriesAllCellsAreProbed() {
    assertThat(ProbeMeasurement.choose(LINE, List.of(code(3)), List.of()))
        .isEqualTo(ProbeLimit.of(CELLS));
  }

  /** No passage finds itself. */
  @Test
  void lonePassageMeasuresNothing() {
    Int8Code lone = code(10);
    assertThat(ProbeMeasurement.choose(LINE, List.of(lone), List.of(lone)))
        .isEqualTo(ProbeLimit.of(CELLS));
  }

  @Test
  void passageOfAnotherDocumentThatIsEqualToTheQueryIsToBeFound() {
    Int8Code query = code(10);
    ProbeLimit limit = ProbeMeasurement.choose(LINE, List.of(query, code(10)), List.of(query));
    assertThat(limit.cells()).isEqualTo(2);
    assertThat(LINE.ranked(query, limit)).contains(9);
  }

  /** The eleventh lies in the last cell, and none of the ten is missed. */
  @Test
  void onlyTheTenBestOfAQueryAreToBeFound() {
    Int8Code query = code(10);
    List<Int8Code> points = new ArrayList<>(List.of(query, code(1)));
    points.addAll(Collections.nCopies(10, code(9)));
    assertThat(ProbeMeasurement.choose(LINE, points, List.of(query)).cells()).isEqualTo(4);
    points.remove(points.size() - 1);
    assertThat(ProbeMeasurement.choose(LINE, points, List.of(query)).cells()).isEqualTo(CELLS);
  }

  /** Three would do for all; a query whose neighbours are scattered may have twice as many. */
  @Test
  void limitIsTwiceTheSmallestThatFindsAllWithTheSmallestMarginThatDoes() {
    Int8Code query = code(2);
    ProbeLimit limit = measured(query, new int[] {9, 7});
    assertThat(limit.cells()).isEqualTo(6);
    // the five best promise 20 to 12, which is 16 on the average, and so does cell 7
    assertThat(limit.margin()).isEqualTo(Math.nextUp(0f));
    assertThat(LINE.ranked(query, limit)).containsExactly(9, 8, 7);
  }

  @Test
  void marginIsThatOfAQueryOfLengthOne() {
    ProbeLimit once = measured(code(1), new int[] {5});
    ProbeLimit doubled = measured(code(2), new int[] {5});
    assertThat(once).isEqualTo(doubled);
    // cell 5 promises 6 to the query 1, and the five best 8 on the average
    assertThat(once.margin()).isEqualTo(Math.nextUp(2f));
  }

  @Test
  void thereAreNeverMoreCellsThanAll() {
    assertThat(measured(code(2), new int[] {0}).cells()).isEqualTo(CELLS);
  }

  @Test
  void whatMayBeMissedIsLeftOut() {
    List<Int8Code> queries = Collections.nCopies(10, code(2));
    List<int[]> wanted = new ArrayList<>(Collections.nCopies(9, new int[] {9}));
    wanted.add(new int[] {0});
    assertThat(ProbeMeasurement.forRecall(LINE, queries, wanted, 0.9).cells()).isEqualTo(2);
    assertThat(ProbeMeasurement.forRecall(LINE, queries, wanted, 0.91).cells()).isEqualTo(CELLS);
  }

  private static ProbeLimit measured(Int8Code query, int[] wanted) {
    return ProbeMeasurement.forRecall(LINE, List.of(query), List.of(wanted), 1);
  }

  private static Int8Code code(float value) {
    return Int8Code.of(new float[] {value});
  }

  private static Centroids line() {
    float[] rows = new float[2 * CELLS];
    for (int cell = 0; cell < CELLS; cell++) {
      rows[2 * cell] = cell + 1;
    }
    return new Centroids(rows, 1);
  }
}
