package io.realmstream.deploy.cli.evaluate.robustness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SwapTest {
  @Test
  void answerOfTheSameKindTakesThePlaceWhereverTheOldOneStands() {
    Swap swap =
        Swap.of(
            "Lit in 1871. In 1871, not in 18710.",
            List.of("1871"),
            List.of("Rome", "1924", "1925"));

    assertThat(swap).isEqualTo(new Swap("1924", "Lit in 1924. In 1924, not in 18710."));
  }

  @Test
  void answerThatTheTextHasAlreadyIsNoOther() {
    Swap swap = Swap.of("Lit in 1871, out in 1924.", List.of("1871"), List.of("1924", "1925"));

    assertThat(swap).isEqualTo(new Swap("1925", "Lit in 1925, out in 1924."));
  }

  /** It would still be right. */
  @Test
  void textThatKeepsAnAcceptedAnswerIsNoSwap() {
    List<String> accepted = List.of("Rome", "city of Rome");
    assertThat(Swap.of("Born in ROME, that is Rome.", accepted, List.of("Oslo"))).isNull();
  }

  @Test
  void withoutAnAnswerAsItIsWrittenOrAnotherOfItsKindThereIsNone() {
    assertThat(Swap.of("Born in rome.", List.of("Rome"), List.of("Oslo"))).isNull();
    assertThat(Swap.of("Born in Rome.", List.of("Rome"), List.of("1871", "New York"))).isNull();
  }

  @Test
  void specialCharactersStandForThemselves() {
    Swap swap = Swap.of("It cost $5 (a lot).", List.of("$5"), List.of("$7"));

    assertThat(swap).isEqualTo(new Swap("$7", "It cost $7 (a lot)."));
  }

  @Test
  void kindIsLookAndNumberOfWords() {
    assertThat(Swap.kind("1871")).isEqualTo("year of 1");
    assertThat(Swap.kind("41 metres")).isEqualTo("number of 2");
    assertThat(Swap.kind("New York")).isEqualTo("name of 2");
    assertThat(Swap.kind("slave trade")).isEqualTo("words of 2");
    assertThat(Swap.kind("a b c d e f")).isEqualTo(Swap.kind("a b c d"));
  }
}
