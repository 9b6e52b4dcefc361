package io.realmstream.model.learning.live;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PassPlanTest {

  @Test
  void eightPassesFollowEachOtherAndThenATenthMustBeNew() {
    PassPlan plan = PassPlan.NONE.with(1_000);
    for (int pass = 1; pass <= PassPlan.PASSES; pass++) {
      assertThat(plan.isDue(1_000)).as("pass %d", pass).isTrue();
      plan = plan.behind(plan);
      assertThat(plan.passes()).isEqualTo(pass);
    }
    assertThat(plan.isDue(1_000)).isFalse();
    assertThat(plan.with(109).isDue(1_100)).isFalse();
    assertThat(plan.with(110).isDue(1_100)).isTrue();
  }

  /** Its sentences may all be there, from before a rollback. */
  @Test
  void aNewLineBeginsWithoutNewSentences() {
    assertThat(PassPlan.NONE.isAtRest()).isFalse();
    assertThat(PassPlan.NONE.isDue(1_000)).isTrue();
  }

  @Test
  void afterEightPassesItRestsUntilSentencesCome() {
    PassPlan plan = PassPlan.NONE;
    for (int pass = 1; pass <= PassPlan.PASSES; pass++) {
      assertThat(plan.isAtRest()).isFalse();
      plan = plan.behind(plan);
    }
    assertThat(plan.isAtRest()).isTrue();
    assertThat(plan.with(1).isAtRest()).isFalse();
  }

  @Test
  void lessThanABatchIsTooFew() {
    PassPlan plan = PassPlan.NONE.with(Pass.BATCH);
    assertThat(plan.isDue(Pass.BATCH - 1)).isFalse();
    assertThat(plan.isDue(Pass.BATCH)).isTrue();
  }

  @Test
  void whatCameDuringAPassIsStillToBeLearned() {
    PassPlan before = PassPlan.NONE.with(500);
    PassPlan after = before.with(70).behind(before);
    assertThat(after).isEqualTo(new PassPlan(1, PassPlan.PASSES - 1, 70));
  }
}
