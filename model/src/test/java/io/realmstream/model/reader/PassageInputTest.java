package io.realmstream.model.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.model.checkpoint.CheckpointException;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.checkpoint.TestParts;
import io.realmstream.model.onnx.TokenSequence;
import io.realmstream.model.text.Tokenizer;
import io.realmstream.schemas.version.TitleForm;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ids: [CLS] 101, [SEP] 102, b 1038. */
class PassageInputTest {
  private static Tokenizer tokenizer;

  @SuppressWarnings("NullAway.Init") // set before all tests
  PassageInputTest() {}

  @BeforeAll
  static void open(@TempDir Path directory) throws Exception {
    tokenizer =
        Tokenizer.open(
            DefaultCheckpoints.e5().reader().tokenizer(),
            TestParts.cache(directory.resolve("cache")));
  }

  @AfterAll
  static void close() {
    tokenizer.close();
  }

  @Test
  void questionTitleAndBodyStandEachBehindItsSeparator() {
    TokenSequence sequence = pack(TitleForm.SEGMENT, "b", 7, 8);

    assertThat(sequence.ids()).containsExactly(101, 5, 6, 102, 1038, 102, 7, 8, 102);
    assertThat(sequence.segments()).containsExactly(0, 0, 0, 0, 1, 1, 1, 1, 1);
  }

  @Test
  void titleAsTextHasNoSeparator() {
    assertThat(pack(TitleForm.TEXT, "b", 7).ids()).containsExactly(101, 5, 6, 102, 1038, 7, 102);
  }

  @Test
  void titleThatIsEmptyOrNotWantedLeavesNothing() {
    assertThat(pack(TitleForm.SEGMENT, "", 7).ids()).containsExactly(101, 5, 6, 102, 7, 102);
    assertThat(pack(TitleForm.NONE, "b", 7).ids()).containsExactly(101, 5, 6, 102, 7, 102);
  }

  @Test
  void titleIsCutAtItsLimit() {
    assertThat(pack(TitleForm.TEXT, "b b b b", 7).ids())
        .containsExactly(101, 5, 6, 102, 1038, 1038, 7, 102);
  }

  /** [CLS] 5 6 [SEP] and the last [SEP] leave seven of twelve. */
  @Test
  void bodyIsCutToTheRoomThatIsLeft() {
    PassageInput input = new PassageInput(tokenizer, TitleForm.NONE, 2, 12);

    assertThat(input.addBody(input.question(new long[] {5, 6}, 2), new long[7])).isEqualTo(7);
    assertThat(input.addBody(input.question(new long[] {5, 6}, 2), new long[8])).isEqualTo(7);
  }

  @Test
  void settingsThatLeaveABodyNoRoomAreRefused() {
    assertThatCode(() -> PassageInput.requireRoom(4, 2, 11)).doesNotThrowAnyException();
    assertThatThrownBy(() -> PassageInput.requireRoom(4, 2, 10))
        .isInstanceOf(CheckpointException.class)
        .hasMessage("inputTokensMax = 10 leaves a body no room");
  }

  private static TokenSequence pack(TitleForm form, String title, long... body) {
    PassageInput input = new PassageInput(tokenizer, form, 2, 12);
    TokenSequence sequence = input.question(new long[] {5, 6}, 2);
    input.addTitle(sequence, title);
    input.addBody(sequence, body);
    return sequence;
  }
}
