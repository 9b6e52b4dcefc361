package io.realmstream.model.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class QueuesTest {
  /** One in a hundred seconds. */
  private static final int EDITS_OF_A_YEAR = 315_360;

  private final HeapTable<String, Queues.Ends> ends = new HeapTable<>();
  private final HeapTable<String, Integer> elements = new HeapTable<>();
  private final Queues<String, String, Integer> queues =
      new Queues<>(ends, elements, (key, number) -> key + " " + number);

  @Test
  void emptyQueueHasNoElement() {
    assertThat(queues.first("a", any -> true)).isNull();
    assertThat(queues.first("a")).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void queuesDoNotMeet() {
    queues.add("a", 1);
    queues.add("b", 2);
    assertThat(queues.first("a", any -> true)).isEqualTo(1);
    assertThat(queues.first("b", any -> true)).isEqualTo(2);

    queues.removeWhile("a", (number, element) -> true);
    assertThat(queues.first("a", any -> true)).isNull();
    assertThat(queues.first("b", any -> true)).isEqualTo(2);
  }

  @Test
  void removedElementsAreThoseOfTheFrontWithTheirNumbers() {
    List<String> seen = new ArrayList<>();
    for (int element : List.of(3, 4, 9, 5)) {
      queues.add("a", element);
    }
    queues.removeWhile(
        "a",
        (number, element) -> {
          seen.add(number + ":" + element);
          return element < 5;
        });

    assertThat(seen).containsExactly("0:3", "1:4", "2:9");
    assertThat(queues.first("a")).isEqualTo(2);
    assertThat(queues.first("a", any -> true)).isEqualTo(9);
    assertThat(queues.add("a", 7)).isEqualTo(4);
  }

  /** Against a list that is looked through from its front. */
  @Test
  void firstElementOfAConditionIsWhatALinearSearchFinds() {
    Random random = new Random(1);
    List<Integer> twin = new ArrayList<>();
    int last = 0;
    for (int step = 0; step < 2_000; step++) {
      last += random.nextInt(3);
      queues.add("a", last);
      twin.add(last);
      int over = last - random.nextInt(40);
      queues.removeWhile("a", (number, element) -> element < over);
      twin.removeIf(element -> element < over);
      int least = last - 20 + random.nextInt(30);
      assertThat(queues.first("a", element -> element >= least)).isEqualTo(first(twin, least));
    }
    assertThat(elements.size()).isEqualTo(twin.size());
  }

  /** Each edit is forgotten after the next. */
  @Test
  void aYearLeavesWhatIsNotOver() {
    for (int second = 0; second < EDITS_OF_A_YEAR; second++) {
      int over = second - 2;
      queues.add("hot", second);
      queues.removeWhile("hot", (number, element) -> element <= over);
      assertThat(elements.size()).isLessThanOrEqualTo(2);
    }
    queues.removeWhile("hot", (number, element) -> true);
    assertThat(ends.isEmpty() && elements.isEmpty()).isTrue();
  }

  private static @Nullable Integer first(List<Integer> elements, int least) {
    return elements.stream().filter(element -> element >= least).findFirst().orElse(null);
  }
}
