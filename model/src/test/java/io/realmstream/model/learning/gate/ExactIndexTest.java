package io.realmstream.model.learning.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.model.learning.ProjectionHead;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExactIndexTest {
  private static final double[] QUERY = {1, 0};

  @Test
  void aDocumentStandsAtItsBestPassage() {
    ExactIndex index =
        new ExactIndex(
            List.of(
                new double[] {0.9, 0},
                new double[] {0.1, 0},
                new double[] {0.95, 0},
                new double[] {0.5, 0}),
            new int[] {0, 1, 1, 2});
    assertThat(index.rank(QUERY, 1)).isEqualTo(1);
    assertThat(index.rank(QUERY, 0)).isEqualTo(2);
    assertThat(index.rank(QUERY, 2)).isEqualTo(3);
    assertThat(index.rank(QUERY, 2, 0)).isEqualTo(2);
  }

  @Test
  void equalVectorsDoNotLookGood() {
    double[] same = {1, 0};
    ExactIndex index = new ExactIndex(List.of(same, same, same), new int[] {0, 1, 2});
    assertThat(index.rank(QUERY, 0)).isEqualTo(3);
  }

  @Test
  void nanIsTheLastRank() {
    ExactIndex index =
        new ExactIndex(
            List.of(new double[] {Double.NaN, 0}, new double[] {1, 0}), new int[] {0, 1});
    assertThat(index.rank(QUERY, 0)).isEqualTo(2);
    assertThat(index.rank(QUERY, 1)).isEqualTo(2);
  }

  @Test
  void headProjectsThePassages() {
    ProjectionHead swap = new ProjectionHead(new double[2], new double[] {0, 1, 1, 0}, 2);
    ExactIndex index =
        ExactIndex.of(swap, List.of(new float[] {3, 0}, new float[] {0, 5}), new int[] {0, 1});
    assertThat(index.products(QUERY)).containsExactly(0, 1);
  }

  @Test
  void eachVectorHasADocument() {
    assertThatThrownBy(() -> new ExactIndex(List.of(QUERY), new int[2]))
        .hasMessage("1 vectors of passages, documents of 2");
  }
}
