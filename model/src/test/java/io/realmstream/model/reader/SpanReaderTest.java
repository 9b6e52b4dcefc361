package io.realmstream.model.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.model.checkpoint.CheckpointException;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.checkpoint.TestParts;
import io.realmstream.model.onnx.RecentRuns;
import io.realmstream.schemas.version.ReaderPart;
import io.realmstream.schemas.version.TitleForm;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reader on the class path. */
class SpanReaderTest {
  private static SpanReader reader;

  @BeforeAll
  static void open(@TempDir Path directory) throws Exception {
    reader = SpanReader.open(DefaultCheckpoints.e5().reader(), TestParts.cache(directory));
  }

  @AfterAll
  static void close() {
    reader.close();
  }

  @Test
  void findsTheAnswersInAPassage() throws Exception {
    String body = "Ada Quill was born in Lindow in 1871. She died in Paris at the age of sixty.";

    assertThat(best("Where did Ada Quill die?", "Ada Quill", body)).isEqualTo("Paris");
    assertThat(best("When was Ada Quill born?", "Ada Quill", body)).isEqualTo("1871");
    assertThat(best("Where did Ada Quill die?", "", body)).isEqualTo("Paris");
  }

  @Test
  void offsetsOfAnAnswerAreThoseOfTheOriginalText() throws Exception {
    String body =
        "\uD83D\uDE00 In 1902 Jos\u00e9 Mu\u00f1oz \uD83D\uDE80 opened the Caf\u00e9 Ze\u0301nith"
            + " in Lindow.";

    assertThat(best("What did José Muñoz open in 1902?", "", body))
        .contains("Caf\u00e9 Ze\u0301nith")
        .doesNotContain("Lindow", "1902");
  }

  @Test
  void textsOfTheSameTokensShareARunAndKeepTheirOwnOffsets(@TempDir Path directory)
      throws Exception {
    RecentRuns recent = new RecentRuns(Duration.ofMinutes(1), 1 << 20);
    try (SpanReader sharing =
        SpanReader.open(DefaultCheckpoints.e5().reader(), TestParts.cache(directory), recent)) {
      PassageReading one = sharing.read("Who built it?", "Lindow", "Ada Quill built it.");
      PassageReading other = sharing.read("Who built it?", "Lindow", "ADA  Quill built it.");

      assertThat(recent.shared()).isEqualTo(1);
      assertThat(other.tokenStarts()).isNotEqualTo(one.tokenStarts());
      assertThat(other)
          .usingRecursiveComparison()
          .isEqualTo(reader.read("Who built it?", "Lindow", "ADA  Quill built it."));
    }
  }

  @Test
  void saysThatAnUnrelatedPassageHasNoAnswer() throws Exception {
    assertThat(best("Who painted the Mona Lisa?", "Rivers", "The Danube is 2,850 km long."))
        .isEmpty();
  }

  @Test
  void fourMebibytesWithoutASpaceAreReadAsTheTokensThatAreUsed() throws Exception {
    String letters = "x".repeat(4 << 20);
    PassageReading whole = reader.read("Who? " + letters, letters + " title", letters + " Anna.");
    String word = "x".repeat(101);
    PassageReading same = reader.read("Who? " + word, word + " title", word + " Anna.");

    assertThat(whole.startScores()).isEqualTo(same.startScores());
    assertThat(whole.endScores()).isEqualTo(same.endScores());
    assertThat(whole.truncated()).isFalse();
    assertThat(whole.tokenEnds()).containsExactly(4 << 20, (4 << 20) + 5, (4 << 20) + 6);
    assertThat(reader.read("Who?", "", "\u6771".repeat(4 << 20)).truncated()).isTrue();
  }

  @Test
  void sameInputGivesTheSameScores() throws Exception {
    PassageReading first = reader.read("Who?", "Title", "Anna did it.");
    PassageReading second = reader.read("Who?", "Title", "Anna did it.");

    assertThat(second.startScores()).isEqualTo(first.startScores());
    assertThat(second.endScores()).isEqualTo(first.endScores());
    assertThat(second.noAnswerScore()).isEqualTo(first.noAnswerScore());
  }

  @Test
  void settingsThatDoNotFitAreRefused(@TempDir Path directory) {
    ReaderPart part = DefaultCheckpoints.e5().reader();
    refused(directory, part, 513, "inputTokensMax = 513");
    refused(directory, part, 64 + 24 + 4, "leaves a body no room");
  }

  private static void refused(Path directory, ReaderPart part, int inputTokensMax, String why) {
    ReaderPart wrong =
        new ReaderPart(
            part.model(), part.tokenizer(), TitleForm.SEGMENT, 64, 24, inputTokensMax, 10, true);
    assertThatThrownBy(() -> SpanReader.open(wrong, TestParts.cache(directory)))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining(why);
  }

  /** The text of the best span, or the empty text when the no-answer score beats it. */
  private static String best(String question, String title, String body) throws Exception {
    PassageReading reading = reader.read(question, title, body);
    String best = "";
    double bestScore = reading.noAnswerScore();
    for (int a = 0; a < reading.startScores().length; a++) {
      for (int b = a; b < Math.min(a + 10, reading.endScores().length); b++) {
        double score = (double) reading.startScores()[a] + reading.endScores()[b];
        if (score > bestScore) {
          bestScore = score;
          best = body.substring(reading.tokenStarts()[a], reading.tokenEnds()[b]);
        }
      }
    }
    return best;
  }
}
