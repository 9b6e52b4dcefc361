package io.realmstream.deploy.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LessonBatchTest {

  @Test
  void everyLessonComesOnceAndArticlesStandTogether() {
    List<Lesson> lessons = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      lessons.add(lesson("q" + i, i % 3, i));
    }
    List<LessonBatch> batches = LessonBatch.of(lessons, 4, new Random(1));

    assertThat(batches).hasSize(3);
    assertThat(batches.stream().flatMap(each -> each.lessons().stream()))
        .containsExactlyInAnyOrderElementsOf(lessons);
    for (LessonBatch batch : batches) {
      assertThat(batch.lessons().stream().map(Lesson::group).distinct()).hasSize(1);
    }
  }

  @Test
  void lastBatchHoldsTheRest() {
    List<Lesson> lessons = List.of(lesson("a", 0, 0), lesson("b", 0, 1), lesson("c", 0, 2));
    assertThat(
            LessonBatch.of(lessons, 2, new Random(1)).stream().map(each -> each.lessons().size()))
        .containsExactlyInAnyOrder(2, 1);
  }

  @Test
  void passageOfSeveralLessonsIsOneCandidateThatAllOfThemAccept() {
    Lesson first = lesson("a", 0, 7);
    Lesson second = lesson("b", 0, 7);
    Lesson third = lesson("c", 0, 9);
    LessonBatch batch = new LessonBatch(List.of(first, second, third), new int[] {7, 9});

    assertThat(batch.accepted()).containsExactly(1, 0, 1, 0, 0, 1);
    assertThat(LessonBatch.of(List.of(first, second, third), 8, new Random(1)).get(0).passages())
        .containsExactlyInAnyOrder(7, 9);
  }

  @Test
  void lessonOfSeveralPassagesBringsOneAndAcceptsAll() {
    Lesson several = lesson("a", 0, 3, 4);
    Lesson other = lesson("b", 0, 4);
    LessonBatch batch = LessonBatch.of(List.of(several, other), 2, new Random(1)).get(0);

    assertThat(Arrays.stream(batch.passages()).boxed()).contains(4).isSubsetOf(3, 4);
    int row = batch.lessons().indexOf(several) * batch.passages().length;
    assertThat(Arrays.copyOfRange(batch.accepted(), row, row + batch.passages().length))
        .containsOnly(1);
  }

  @Test
  void equalSeedsGiveEqualBatches() {
    List<Lesson> lessons = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      lessons.add(lesson("q" + i, i % 7, i));
    }
    assertThat(questions(lessons, 5)).isEqualTo(questions(lessons, 5));
    assertThat(questions(lessons, 5)).isNotEqualTo(questions(lessons, 6));
  }

  private static List<String> questions(List<Lesson> lessons, long seed) {
    return LessonBatch.of(lessons, 8, new Random(seed)).stream()
        .flatMap(each -> each.lessons().stream())
        .map(Lesson::question)
        .toList();
  }

  private static Lesson lesson(String question, int article, int... passages) {
    return new Lesson(question, "article " + article, passages);
  }
}
