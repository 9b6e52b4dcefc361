package io.realmstream.model.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LearnerBytesTest {
  private final Random random = new Random(5);

  @Test
  void aLearnerGoesOnBitForBit() {
    Learner straight = learner(EnumSet.allOf(LearnedPart.class));
    Learner restored = LearnerBytes.read(LearnerBytes.of(straight));
    for (int step = 0; step < 6; step++) {
      Batch batch = batch();
      straight.step(batch, 0.01);
      restored = LearnerBytes.read(LearnerBytes.of(restored));
      restored.step(batch, 0.01);
    }
    assertThat(restored.steps()).isEqualTo(6);
    assertThat(restored.heads().query().weights()).isEqualTo(straight.heads().query().weights());
    assertThat(restored.heads().document().weights())
        .isEqualTo(straight.heads().document().weights());
    assertThat(restored.heads().scale()).isEqualTo(straight.heads().scale());
    assertThat(LearnerBytes.of(restored)).isEqualTo(LearnerBytes.of(straight));
  }

  @Test
  void whatIsFrozenStaysFrozen() {
    Learner restored =
        LearnerBytes.read(LearnerBytes.of(learner(EnumSet.of(LearnedPart.DOCUMENT))));
    double[] before = restored.heads().query().weights().clone();
    restored.step(batch(), 0.01);
    assertThat(restored.heads().query().weights()).isEqualTo(before);
  }

  /** Layout, dimension, steps, scale; two heads; one part with two moments of 8 numbers. */
  @Test
  void theLayoutIsAsDocumented() {
    double[] mean = new double[4];
    TowerHeads heads =
        new TowerHeads(ProjectionHead.random(mean, 2, 1), ProjectionHead.random(mean, 2, 2), 1);
    byte[] bytes = LearnerBytes.of(new Learner(heads, EnumSet.of(LearnedPart.QUERY)));
    assertThat(bytes).hasSize(4 + 4 + 8 + 8 + 2 * (4 + 12 * 8) + 3 + (4 + 16 * 8));
    assertThat(Arrays.copyOf(bytes, 8)).containsExactly(0, 0, 0, 1, 0, 0, 0, 2);
  }

  @Test
  void whatIsNoLearnerIsRefused() {
    byte[] bytes = LearnerBytes.of(learner(EnumSet.of(LearnedPart.QUERY)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LearnerBytes.read(Arrays.copyOf(bytes, bytes.length - 1)));
    bytes[3] = 9;
    assertThatIllegalArgumentException().isThrownBy(() -> LearnerBytes.read(bytes));
    assertThatIllegalArgumentException().isThrownBy(() -> LearnerBytes.read(new byte[0]));
  }

  private static Learner learner(EnumSet<LearnedPart> parts) {
    ProjectionHead query = ProjectionHead.random(new double[12], 6, 1);
    ProjectionHead document = ProjectionHead.random(new double[10], 6, 2);
    return new Learner(new TowerHeads(query, document, 7), parts);
  }

  private Batch batch() {
    Example example =
        new Example(trunk(12), new int[] {0, 1}, new double[] {0, Double.NEGATIVE_INFINITY});
    return new Batch(List.of(trunk(10), trunk(10)), List.of(example));
  }

  private float[] trunk(int length) {
    float[] trunk = new float[length];
    for (int i = 0; i < length; i++) {
      trunk[i] = (float) random.nextGaussian();
    }
    return trunk;
  }
}
