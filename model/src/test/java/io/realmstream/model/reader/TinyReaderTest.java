package io.realmstream.model.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.model.checkpoint.CheckpointException;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.checkpoint.PartCache;
import io.realmstream.model.checkpoint.TestParts;
import io.realmstream.schemas.version.Part;
import io.realmstream.schemas.version.ReaderPart;
import io.realmstream.schemas.version.TitleForm;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the input of {@link TinyReaderPart} is packed. */
class TinyReaderTest {
  private final Path directory;
  private final PartCache cache;

  TinyReaderTest(@TempDir Path directory) {
    this.directory = directory;
    this.cache = TestParts.cache(directory.resolve("cache"));
  }

  @Test
  void titleIsASegmentBetweenQuestionAndBody() throws Exception {
    PassageReading reading = read(TitleForm.SEGMENT, "a", "b", "c d");

    int before = 101 + 1037 + 102 + 1038 + 102;
    assertThat(reading.startScores()).containsExactly(before + 1039, before + 1039 + 1040);
    assertThat(reading.endScores()).containsExactly(1, 1);
    assertThat(reading.tokenStarts()).containsExactly(0, 2);
    assertThat(reading.tokenEnds()).containsExactly(1, 3);
    assertThat(reading.truncated()).isFalse();
  }

  @Test
  void emptyTitleTakesItsSeparatorWithIt() throws Exception {
    assertThat(read(TitleForm.SEGMENT, "a", "", "c").startScores())
        .containsExactly(101 + 1037 + 102 + 1039);
  }

  @Test
  void titleAsTextStandsBeforeTheBody() throws Exception {
    PassageReading reading = read(TitleForm.TEXT, "a", "b", "c");

    assertThat(reading.startScores()).containsExactly(101 + 1037 + 102 + 1038 + 1039);
    assertThat(reading.tokenStarts()).containsExactly(0);
  }

  @Test
  void readerWithoutTitlesGetsNone() throws Exception {
    assertThat(read(TitleForm.NONE, "a", "b", "c").startScores())
        .containsExactly(101 + 1037 + 102 + 1039);
  }

  @Test
  void questionAndTitleAreCutAtTheirLimits() throws Exception {
    PassageReading reading = read(TitleForm.SEGMENT, "a a a", "b b b", "c");

    assertThat(reading.startScores()).containsExactly(101 + 2 * 1037 + 102 + 2 * 1038 + 102 + 1039);
    assertThat(reading.truncated()).isTrue();
    assertThat(read(TitleForm.SEGMENT, "a a", "b b b", "c").truncated()).isFalse();
  }

  /** [CLS] a [SEP] b [SEP] and the last [SEP] leave five of eleven. */
  @Test
  void bodyIsCutToTheRoomThatIsLeft() throws Exception {
    PassageReading whole = read(TitleForm.SEGMENT, "a", "b", "c c c c c");
    PassageReading cut = read(TitleForm.SEGMENT, "a", "b", "c c c c c c");

    assertThat(whole.startScores()).hasSize(5);
    assertThat(whole.truncated()).isFalse();
    assertThat(cut.startScores()).isEqualTo(whole.startScores());
    assertThat(cut.endScores()).hasSize(5);
    assertThat(cut.tokenEnds()).containsExactly(1, 3, 5, 7, 9);
    assertThat(cut.truncated()).isTrue();
  }

  @Test
  void noAnswerScoreIsThatOfTheFirstTokenIfTrained() throws Exception {
    assertThat(read(TitleForm.SEGMENT, "a", "b", "c").noAnswerScore()).isEqualTo(101);
    try (SpanReader reader = SpanReader.open(part(TitleForm.SEGMENT, false), cache)) {
      assertThat(reader.read("a", "b", "c").noAnswerScore()).isEqualTo(Double.NEGATIVE_INFINITY);
    }
  }

  @Test
  void emptyBodyHasNoTokens() throws Exception {
    PassageReading reading = read(TitleForm.SEGMENT, "a", "", "");

    assertThat(reading.startScores()).isEmpty();
    assertThat(reading.truncated()).isFalse();
  }

  @Test
  void modelWithoutLogitsIsRefusedWithWhatItHas() throws Exception {
    Part encoder = DefaultCheckpoints.minilm().documentTower().trunk();
    ReaderPart part =
        new ReaderPart(
            encoder,
            DefaultCheckpoints.e5().reader().tokenizer(),
            TitleForm.SEGMENT,
            2,
            2,
            11,
            10,
            true);

    assertThatThrownBy(() -> SpanReader.open(part, cache))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContainingAll("start_logits", "last_hidden_state FLOAT[-1, -1, 384]");
  }

  private PassageReading read(TitleForm title, String question, String titleText, String body)
      throws Exception {
    try (SpanReader reader = SpanReader.open(part(title, true), cache)) {
      return reader.read(question, titleText, body);
    }
  }

  private ReaderPart part(TitleForm title, boolean noAnswer) throws Exception {
    return TinyReaderPart.write(directory, title, noAnswer);
  }
}
