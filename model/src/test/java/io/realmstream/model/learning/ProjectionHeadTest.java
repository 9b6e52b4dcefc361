package io.realmstream.model.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ProjectionHeadTest {

  @Test
  void vectorByHand() {
    ProjectionHead head = new ProjectionHead(new double[] {0.1, 0}, new double[] {2, 0, 0, 1}, 2);
    // (3, 4) / 5 - (.1, 0) = (.5, .8); times W = (1, .8)
    double length = Math.sqrt(1.64);
    assertThat(head.vector(new float[] {3, 4}))
        .containsExactly(new double[] {1 / length, 0.8 / length}, within(1e-12));
  }

  @Test
  void sizesMustFit() {
    assertThatThrownBy(() -> new ProjectionHead(new double[2], new double[3], 2))
        .hasMessage("3 weights are no matrix of 2 x 2");
    ProjectionHead head = ProjectionHead.random(new double[3], 2, 1);
    assertThatThrownBy(() -> head.vector(new float[] {1, 2}))
        .hasMessage("a trunk output of 2 elements, not 3");
    assertThatThrownBy(() -> new TowerHeads(head, ProjectionHead.random(new double[3], 4, 1), 1))
        .hasMessage("vectors of 2 and 4 elements");
  }

  @Test
  void numbersMustBeFinite() {
    assertThatThrownBy(() -> new ProjectionHead(new double[1], new double[] {Double.NaN}, 1))
        .hasMessage("a head with a NaN or an infinity");
    ProjectionHead head = ProjectionHead.random(new double[2], 2, 1);
    assertThatThrownBy(() -> head.vector(new float[2])).hasMessage("a trunk output of length 0.0");
    assertThatThrownBy(() -> head.vector(new float[] {Float.NaN, 1}))
        .hasMessage("a trunk output of length NaN");
    assertThatThrownBy(() -> new TowerHeads(head, head, 0)).hasMessage("a score scale of 0.0");
  }
}
