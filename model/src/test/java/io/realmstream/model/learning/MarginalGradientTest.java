package io.realmstream.model.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MarginalGradientTest {
  private static final double NONE = Double.NEGATIVE_INFINITY;
  private static final double STEP = 1e-5;
  private static final int DOCUMENTS = 5;

  private final Random random = new Random(7);
  private final TowerHeads heads =
      new TowerHeads(head(6, 4), head(5, 4), 3); // the towers' trunks may differ in size

  @Test
  void realmsGradientIsThatOfFiniteDifferences() {
    check(
        new Example(trunk(6), new int[] {0, 2, 3}, new double[] {-1.5, -0.2, -7}),
        new Example(trunk(6), new int[] {4, 1}, new double[] {-3, NONE}));
  }

  @Test
  void gradientOfFeedbackIsThatOfFiniteDifferences() {
    check(new Example(trunk(6), new int[] {0, 1, 2, 3, 4}, new double[] {NONE, 0, NONE, 0, NONE}));
  }

  @Test
  void gradientOfTheInverseClozeTaskIsThatOfFiniteDifferences() {
    List<Example> examples = new ArrayList<>();
    for (int own = 0; own < DOCUMENTS; own++) {
      double[] likelihoods = {NONE, NONE, NONE, NONE, NONE};
      likelihoods[own] = 0;
      examples.add(new Example(trunk(6), new int[] {0, 1, 2, 3, 4}, likelihoods));
    }
    check(examples.toArray(Example[]::new));
  }

  @Test
  void lossOfTwoCandidatesByHand() {
    ProjectionHead identity = new ProjectionHead(new double[2], new double[] {1, 0, 0, 1}, 2);
    Batch batch =
        new Batch(
            List.of(new float[] {5, 0}, new float[] {0, 2}),
            List.of(
                new Example(new float[] {3, 4}, new int[] {0, 1}, new double[] {0, NONE}),
                new Example(new float[] {3, 4}, new int[] {0, 1}, new double[] {NONE, NONE})));
    MarginalGradient gradient =
        MarginalGradient.of(
            new TowerHeads(identity, identity.copy(), 10), batch, EnumSet.allOf(LearnedPart.class));
    // scores 10 * .6 and 10 * .8: the loss is log(1 + e^2); the second example does not count
    assertThat(gradient.loss()).isCloseTo(Math.log1p(Math.exp(2)), within(1e-12));
    assertThat(gradient.examples()).isEqualTo(1);
  }

  /** Compares every number's gradient with the difference of two losses. */
  private void check(Example... examples) {
    List<float[]> documents = new ArrayList<>();
    for (int i = 0; i < DOCUMENTS; i++) {
      documents.add(trunk(5));
    }
    Batch batch = new Batch(documents, List.of(examples));
    MarginalGradient gradient = MarginalGradient.of(heads, batch, EnumSet.allOf(LearnedPart.class));
    for (LearnedPart part : LearnedPart.values()) {
      double[] numbers = heads.numbers(part);
      for (int i = 0; i < numbers.length; i++) {
        double at = numbers[i];
        numbers[i] = at + STEP;
        double above = loss(batch);
        numbers[i] = at - STEP;
        double below = loss(batch);
        numbers[i] = at;
        assertThat(gradient.of(part)[i])
            .as("%s %d", part, i)
            .isCloseTo((above - below) / (2 * STEP), within(1e-8));
      }
    }
  }

  private double loss(Batch batch) {
    return MarginalGradient.of(heads, batch, EnumSet.noneOf(LearnedPart.class)).loss();
  }

  private ProjectionHead head(int inputs, int dimension) {
    double[] mean = new double[inputs];
    for (int i = 0; i < inputs; i++) {
      mean[i] = 0.1 * random.nextGaussian();
    }
    return ProjectionHead.random(mean, dimension, random.nextLong());
  }

  private float[] trunk(int inputs) {
    float[] trunk = new float[inputs];
    for (int i = 0; i < inputs; i++) {
      trunk[i] = (float) random.nextGaussian();
    }
    return trunk;
  }
}
