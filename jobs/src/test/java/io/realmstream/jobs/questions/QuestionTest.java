package io.realmstream.jobs.questions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.model.admission.Claim;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class QuestionTest {
  @Test
  void whatCountsIsTheShortestBeginningThatIsEnoughInWhateverOrderRunsEnd() {
    for (int seed = 0; seed < 1_000; seed++) {
      Random random = new Random(seed);
      int count = 1 + random.nextInt(8);
      int enough = random.nextInt(10);
      Question<Integer> question = question(count, i -> i >= enough);
      List<List<Integer>> decisions = new ArrayList<>();
      for (int run : shuffled(count, random)) {
        question.run(run);
        CompletableFuture<List<Integer>> decided = question.judge();
        if (decided != null) {
          decisions.add(decided.join());
        }
      }

      assertThat(decisions)
          .as("seed %d", seed)
          .containsExactly(IntStream.range(0, Math.min(enough + 1, count)).boxed().toList());
    }
  }

  @Test
  void allCountWhereAllAreNeeded() {
    Question<Integer> question = question(2, null);
    question.run(1);
    assertThat(question.judge()).isNull();
    question.run(0);
    assertThat(question.judge()).isCompletedWithValue(List.of(0, 1));
    assertThat(question.judge()).as("again").isNull();
  }

  @Test
  void failureCountsWhenAllBeforeItAreNotEnough() {
    List<Supplier<Integer>> runs =
        List.of(
            () -> 0,
            () -> {
              throw new IllegalStateException("broken");
            });
    Question<Integer> needs = new Question<>(new Claim(2, 1), runs, i -> false);
    needs.run(1);
    assertThat(needs.judge()).as("the first may be enough").isNull();
    needs.run(0);
    CompletableFuture<List<Integer>> failed = Objects.requireNonNull(needs.judge());
    assertThatThrownBy(failed::join).hasRootCauseMessage("broken");

    Question<Integer> hasEnough = new Question<>(new Claim(2, 1), runs, i -> true);
    hasEnough.run(1);
    hasEnough.run(0);
    assertThat(hasEnough.judge()).isCompletedWithValue(List.of(0));
  }

  @Test
  void outcomeThatCannotBeJudgedIsAFailure() {
    Question<Integer> question =
        question(
            1,
            i -> {
              throw new IllegalArgumentException("no number");
            });
    question.run(0);

    assertThat(question.judge()).isCompletedExceptionally();
  }

  private static Question<Integer> question(int count, @Nullable Predicate<Integer> enough) {
    List<Supplier<Integer>> runs = new ArrayList<>();
    IntStream.range(0, count).forEach(i -> runs.add(() -> i));
    return new Question<>(new Claim(count, 1), runs, enough);
  }

  private static List<Integer> shuffled(int count, Random random) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, count).boxed().toList());
    Collections.shuffle(order, random);
    return order;
  }
}
