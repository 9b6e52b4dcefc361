package io.realmstream.model.learning.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupBootstrapTest {
  private static final long SEED = 5;

  /** Of two groups both are drawn, or one twice, a quarter of the draws each. */
  @Test
  void twoGroupsStandOrFallTogether() {
    List<JudgedQuestion> questions = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      questions.add(new JudgedQuestion("found", 1, 1));
      questions.add(new JudgedQuestion("lost", 1, 0));
    }
    GroupBootstrap bootstrap = new GroupBootstrap(questions, JudgedQuestion::after);
    assertThat(bootstrap.groups()).isEqualTo(2);
    assertThat(bootstrap.interval(0.9, SEED)).isEqualTo(new Interval(0.5, 0, 1));
    assertThat(bootstrap.interval(0.4, SEED)).isEqualTo(new Interval(0.5, 0.5, 0.5));
  }

  /** Of a hundred groups of one, the mean has a standard error of .05: 90 % are 1.645 of them. */
  @Test
  void singleQuestionsAreDrawnByThemselves() {
    List<JudgedQuestion> questions = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      questions.add(new JudgedQuestion("q" + i, 1, i % 2));
    }
    Interval interval = new GroupBootstrap(questions, JudgedQuestion::after).interval(0.9, SEED);
    assertThat(interval.difference()).isEqualTo(0.5);
    assertThat(interval.lower()).isBetween(0.40, 0.435);
    assertThat(interval.upper()).isBetween(0.565, 0.60);
  }

  /** A group of more questions weighs more: one of three at 1, and one of one at 0. */
  @Test
  void theMeanIsOverQuestions() {
    List<JudgedQuestion> questions = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      questions.add(new JudgedQuestion("large", 1, 1));
    }
    questions.add(new JudgedQuestion("small", 1, 0));
    GroupBootstrap bootstrap = new GroupBootstrap(questions, JudgedQuestion::after);
    assertThat(bootstrap.interval(0.4, SEED)).isEqualTo(new Interval(0.75, 0.75, 0.75));
  }

  @Test
  void oneGroupHasNoSpreadAndEqualSeedsGiveEqualBounds() {
    List<JudgedQuestion> one =
        List.of(new JudgedQuestion("a", 1, 4), new JudgedQuestion("a", 1, 8));
    assertThat(new GroupBootstrap(one, JudgedQuestion::after).interval(0.9, SEED))
        .isEqualTo(new Interval(6, 6, 6));
    List<JudgedQuestion> many = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      many.add(new JudgedQuestion("q" + i, 1, i));
    }
    List<JudgedQuestion> turned = new ArrayList<>(many);
    Collections.reverse(turned);
    assertThat(new GroupBootstrap(turned, JudgedQuestion::after).interval(0.9, SEED))
        .isEqualTo(new GroupBootstrap(many, JudgedQuestion::after).interval(0.9, SEED));
  }
}
