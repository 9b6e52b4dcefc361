package io.realmstream.deploy.cli.evaluate.robustness;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecondDocumentTest {
  @Test
  void sentenceWithTheAnswerStandsByItself() {
    SecondDocument second =
        SecondDocument.of(Trials.trial("Varn is a harbour. It was lit in 1871. It is high."))
            .orElseThrow();

    assertThat(second.edit().text()).isEqualTo("It was lit in 1871.");
    assertThat(second.edit().title()).isEqualTo("Varn");
    assertThat(second.edit().id()).isEqualTo("varn again");
  }

  @Test
  void copyOfTheWholeTextIsNoSecondDocument() {
    assertThat(SecondDocument.of(Trials.trial("It was lit in 1871. "))).isEmpty();
    assertThat(SecondDocument.of(Trials.trial("It was lit. Long ago."))).isEmpty();
  }

  @Test
  void eachQueryNamesItsEvidenceAndTheSameFourOthers() {
    SecondDocument.Found found =
        SecondDocument.of(Trials.trial("Varn is a harbour. It was lit in 1871."))
            .orElseThrow()
            .found(Trials.result(null, 0, 0, Trials.passage("varn again", "It was lit in 1871.")))
            .orElseThrow();

    assertThat(found.first().options().competition().passages())
        .containsExactly("gold", "h1", "h2", "h3", "h4");
    assertThat(found.second().options().competition().passages())
        .containsExactly("uid of It was lit in 1871.", "h1", "h2", "h3", "h4");
    assertThat(found.both().options().competition().passages())
        .containsExactly("gold", "uid of It was lit in 1871.", "h1", "h2", "h3", "h4");
    assertThat(found.both().passages()).isEqualTo(6);
    assertThat(found.both().options().references()).containsExactly("1871");
  }
}
