package io.realmstream.model.marginal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AnswerStringsTest {
  private final AnswerStrings strings = new AnswerStrings();

  @Test
  void equalNormalFormsHaveOneNumberHoweverTheyAreCut() {
    int whole = number("The x–a–y of Rome");
    assertThat(number("x–", "–y of", "rome!")).isEqualTo(whole);
    assertThat(number("x– –y of rome")).isEqualTo(whole);
    assertThat(number("x––y of rome")).isNotEqualTo(whole);
  }

  @Test
  void orderAndBordersOfWordsCount() {
    Set<Integer> numbers =
        Set.of(number("x y"), number("y x"), number("xy"), number("x"), number("y"));
    assertThat(numbers).hasSize(5).doesNotContain(AnswerStrings.EMPTY);
  }

  @Test
  void textsWithoutWordsAreTheEmptyString() {
    assertThat(number("The", "(a)", "")).isEqualTo(AnswerStrings.EMPTY);
  }

  @Test
  void numbersStayWhenTheTableGrows() {
    // 60,000 strings of two words and their 200 prefixes
    Set<Integer> numbers = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      for (int j = 0; j < 300; j++) {
        numbers.add(number("x" + i, "y" + j));
      }
    }
    assertThat(numbers).hasSize(60_000);
    assertThat(strings.size()).isEqualTo(1 + 200 + 60_000);
    for (int i = 0; i < 200; i++) {
      for (int j = 0; j < 300; j++) {
        numbers.remove(number("x" + i, "y" + j));
      }
    }
    assertThat(numbers).isEmpty();
  }

  private int number(String... pieces) {
    int number = AnswerStrings.EMPTY;
    for (String piece : pieces) {
      number = strings.append(number, strings.words(piece));
    }
    return number;
  }
}
