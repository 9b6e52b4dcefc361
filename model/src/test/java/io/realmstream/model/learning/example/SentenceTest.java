package io.realmstream.model.learning.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SentenceTest {

  @Test
  void sentencesHaveTheirPlaces() {
    String text = " It rains. The sun (a star) shines!  Does it? ";
    List<Sentence> sentences = Sentence.of(text);
    assertThat(sentences)
        .extracting(Sentence::text)
        .containsExactly("It rains.", "The sun (a star) shines!", "Does it?");
    for (Sentence each : sentences) {
      assertThat(text.substring(each.start(), each.end())).isEqualTo(each.text());
    }
  }

  @Test
  void shortenedWordsDoNotEndASentence() {
    assertThat(Sentence.of("Mr. Smith met J. R. Simmons in the U.S. Senate. He left."))
        .extracting(Sentence::text)
        .containsExactly("Mr. Smith met J. R. Simmons in the U.S. Senate.", "He left.");
    assertThat(Sentence.of("He said so to Dr.")).hasSize(1);
  }

  @Test
  void tellingSentencesHaveEightToSixtyWords() {
    assertThat(telling(7)).isFalse();
    assertThat(telling(8)).isTrue();
    assertThat(telling(60)).isTrue();
    assertThat(telling(61)).isFalse();
    String longest = "a b c d e f g " + "x".repeat(986);
    assertThat(new Sentence(longest, 0, 1_000).isTelling()).isTrue();
    assertThat(new Sentence(longest + "x", 0, 1_001).isTelling()).isFalse();
  }

  @Test
  void edges() {
    assertThat(Sentence.of("")).isEmpty();
    assertThat(Sentence.of(" \n ")).isEmpty();
    assertThat(Sentence.of("x")).hasSize(1);
    assertThat(Sentence.of("x".repeat(100_000))).hasSize(1);
  }

  private static boolean telling(int words) {
    String text = "word ".repeat(words).strip();
    return new Sentence(text, 0, text.length()).isTelling();
  }
}
