package io.realmstream.deploy.cli.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.evaluate.questions.GoldQuestion;
import io.realmstream.deploy.cli.learn.corpus.Corpus;
import io.realmstream.deploy.cli.learn.corpus.Corpus.Passage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Two documents: "lake" of three passages, and "hill" of one. */
class LessonTest {
  private static final Corpus CORPUS =
      new Corpus(
          Map.of("lake", 0, "hill", 1),
          List.of(
              new Passage(0, "Lake", "Lake", "It is 40 metres deep."),
              new Passage(0, "Lake", "Lake", "Its water, 40 metres deep, is cold."),
              new Passage(0, "Lake", "Lake", "It has 140 metresticks."),
              new Passage(1, "Hill", "Hill", "It is flat.")));

  @Test
  void passagesThatHoldAnAnswerAsWholeWordsCount() {
    Lesson lesson = lesson(List.of("40 metres", "the 40 Metres!"), "lake");
    assertThat(lesson.passages()).containsExactly(0, 1);
    assertThat(lesson.groups(CORPUS)).containsExactly("Lake");
  }

  @Test
  void allPassagesCountWhereNoneHoldsAnAnswer() {
    assertThat(lesson(List.of("9 feet"), "lake").passages()).containsExactly(0, 1, 2);
    assertThat(lesson(null, "lake").passages()).containsExactly(0, 1, 2);
    assertThat(lesson(List.of("."), "hill").passages()).containsExactly(3);
  }

  @Test
  void severalDocumentsMayBeNamed() {
    Lesson lesson = lesson(null, "hill", "lake");
    assertThat(lesson.passages()).containsExactly(3, 0, 1, 2);
    assertThat(lesson.group()).isEqualTo("Hill");
    assertThat(lesson.groups(CORPUS)).containsExactly("Hill", "Lake");
  }

  @Test
  void rowWithoutAKnownPassageIsNamed() {
    assertThatThrownBy(() -> lesson(List.of("40 metres")))
        .isInstanceOf(CommandFailure.class)
        .hasMessage("f.jsonl: question 3: names no passage");
    assertThatThrownBy(() -> lesson(null, "lake", "sea"))
        .isInstanceOf(CommandFailure.class)
        .hasMessage("f.jsonl: question 3: no passage of a document 'sea' was read");
  }

  private static Lesson lesson(@Nullable List<String> answers, String... passages) {
    return Lesson.of(
        new GoldQuestion("1", "how deep", answers, List.of(passages)),
        CORPUS,
        "f.jsonl: question 3");
  }
}
