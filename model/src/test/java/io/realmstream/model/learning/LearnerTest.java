package io.realmstream.model.learning;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.learning.StepResult.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LearnerTest {
  private static final double NONE = Double.NEGATIVE_INFINITY;

  private final Random random = new Random(3);

  @Test
  void twoRandomHeadsLearnToFindTheOwnDocument() {
    Learner learner = new Learner(heads(), EnumSet.allOf(LearnedPart.class));
    Batch batch = ownDocuments(8);
    double before = learner.step(batch, 0.01).loss();
    for (int step = 0; step < 200; step++) {
      learner.step(batch, 0.01);
    }
    assertThat(before).isGreaterThan(1);
    assertThat(learner.step(batch, 0.01).loss()).isLessThan(0.05);
    assertThat(learner.steps()).isEqualTo(202);
  }

  @Test
  void whatIsFrozenStaysBitForBit() {
    TowerHeads heads = heads();
    TowerHeads start = heads.copy();
    Learner learner = new Learner(heads, EnumSet.of(LearnedPart.QUERY));
    learner.step(ownDocuments(4), 0.01);
    assertThat(heads.document().weights()).isEqualTo(start.document().weights());
    assertThat(heads.scale()).isEqualTo(start.scale());
    assertThat(heads.query().weights()).isNotEqualTo(start.query().weights());
  }

  @Test
  void nanIsRefusedAndChangesNothing() {
    TowerHeads heads = heads();
    TowerHeads start = heads.copy();
    Learner learner = new Learner(heads, EnumSet.allOf(LearnedPart.class));
    Example poisoned = new Example(trunk(), new int[] {0, 1}, new double[] {Double.NaN, -1});
    StepResult result = learner.step(new Batch(List.of(trunk(), trunk()), List.of(poisoned)), 0.01);
    assertThat(result.outcome()).isEqualTo(Outcome.NOT_FINITE);
    assertThat(heads.query().weights()).isEqualTo(start.query().weights());
    assertThat(heads.document().weights()).isEqualTo(start.document().weights());
    assertThat(learner.steps()).isZero();
    assertThat(learner.step(ownDocuments(3), 0.01).outcome()).isEqualTo(Outcome.TAKEN);
  }

  @Test
  void batchWithoutAnAnswerTeachesNothing() {
    Learner learner = new Learner(heads(), EnumSet.allOf(LearnedPart.class));
    Example silent = new Example(trunk(), new int[] {0}, new double[] {NONE});
    StepResult result = learner.step(new Batch(List.of(trunk()), List.of(silent, silent)), 0.01);
    assertThat(result).isEqualTo(new StepResult(Outcome.NO_ANSWER, 0, 0, 2));
  }

  @Test
  void equalBatchesGiveEqualBits() {
    TowerHeads one = heads();
    TowerHeads other = one.copy();
    List<Batch> batches = List.of(ownDocuments(5), ownDocuments(7));
    for (TowerHeads each : List.of(one, other)) {
      Learner learner = new Learner(each, EnumSet.allOf(LearnedPart.class));
      batches.forEach(batch -> learner.step(batch, 0.01));
    }
    assertThat(other.query().weights()).isEqualTo(one.query().weights());
    assertThat(other.scale()).isEqualTo(one.scale());
  }

  private Batch ownDocuments(int count) {
    List<float[]> documents = new ArrayList<>();
    List<Example> examples = new ArrayList<>();
    int[] all = new int[count];
    for (int own = 0; own < count; own++) {
      all[own] = own;
      double[] likelihoods = new double[count];
      Arrays.fill(likelihoods, NONE);
      likelihoods[own] = 0;
      documents.add(trunk());
      examples.add(new Example(trunk(), all, likelihoods));
    }
    return new Batch(documents, examples);
  }

  private TowerHeads heads() {
    double[] mean = new double[12];
    return new TowerHeads(ProjectionHead.random(mean, 6, 1), ProjectionHead.random(mean, 6, 2), 5);
  }

  private float[] trunk() {
    float[] trunk = new float[12];
    for (int i = 0; i < trunk.length; i++) {
      trunk[i] = (float) random.nextGaussian();
    }
    return trunk;
  }
}
