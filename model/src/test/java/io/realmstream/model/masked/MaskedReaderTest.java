package io.realmstream.model.masked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.model.checkpoint.CheckpointException;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.checkpoint.PartCache;
import io.realmstream.model.checkpoint.TestParts;
import io.realmstream.model.onnx.TinyModels;
import io.realmstream.schemas.version.MaskedReaderPart;
import io.realmstream.schemas.version.TitleForm;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With {@link TinyMaskedPart}, whose logits tell what its input was. */
class MaskedReaderTest {
  private static final int CLS = 101;
  private static final int SEP = 102;
  private static final int MASK = 103;
  private static final int A = 1037;
  private static final int B = 1038;
  private static final int C = 1039;

  private final Path directory;
  private final PartCache cache;
  private MaskedReader reader;

  @SuppressWarnings("NullAway.Init") // set before each test
  MaskedReaderTest(@TempDir Path directory) {
    this.directory = directory;
    this.cache = TestParts.cache(directory.resolve("cache"));
  }

  @BeforeEach
  void open() throws Exception {
    reader = MaskedReader.open(TinyMaskedPart.write(directory, TitleForm.SEGMENT), cache);
  }

  @AfterEach
  void close() {
    reader.close();
  }

  @Test
  void masksAreFoundAmongTheTokens() {
    MaskedQuestion question = reader.question("[MASK] a[MASK] b");

    assertThat(question.tokens()).containsExactly(MASK, A, MASK, B);
    assertThat(question.masks()).containsExactly(0, 2);
  }

  /** [CLS] a [MASK] [SEP] b [SEP] c c [SEP], and a stands before the mask. */
  @Test
  void passageIsReadBehindTheQuestionAndItsTitle() throws Exception {
    MaskReading reading = reader.read(reader.question("a [MASK]"), "b", "c c");

    assertThat(counts(reading.logits()[0]))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(CLS, 1f, SEP, 3f, MASK, 1f, A, 2f, B, 1f, C, 2f));
    assertThat(reading.truncated()).isFalse();
  }

  /** [CLS] [MASK] a [MASK] [SEP]; before the first mask stands [CLS], before the second a. */
  @Test
  void withoutAPassageTheQuestionAloneIsRead() throws Exception {
    MaskReading reading = reader.read(reader.question("[MASK] a [MASK]"));

    assertThat(counts(reading.logits()[0])).containsEntry(CLS, 2f).containsEntry(SEP, 1f);
    assertThat(counts(reading.logits()[1])).containsEntry(A, 2f).containsEntry(MASK, 2f);
  }

  /** [CLS] [MASK] [SEP] and the last [SEP] leave eight of twelve. */
  @Test
  void bodyIsCutToTheRoomThatIsLeft() throws Exception {
    MaskedQuestion question = reader.question("[MASK]");
    MaskReading whole = reader.read(question, "", "c ".repeat(8));
    MaskReading cut = reader.read(question, "", "c ".repeat(9));

    assertThat(whole.truncated()).isFalse();
    assertThat(cut.truncated()).isTrue();
    assertThat(cut.logits()).isDeepEqualTo(whole.logits());
    assertThat(counts(cut.logits()[0])).containsEntry(C, 8f);
  }

  @Test
  void questionIsCutBehindItsLastMask() {
    assertThat(reader.question("a b c [MASK] d").tokens()).containsExactly(A, B, C, MASK);
  }

  @Test
  void maskBehindWhatIsReadIsInvalid() {
    refused("a b c d [MASK]", "masks must be among its first 4 tokens, which are read");
  }

  @Test
  void questionWithoutMasksIsInvalid() {
    refused("a b", "text: has no token [MASK]");
  }

  @Test
  void referenceHasATokenAMask() {
    MaskedQuestion two = reader.question("[MASK] a [MASK]");
    assertThat(reader.reference("c b", two)).containsExactly(C, B);
    assertThatThrownBy(() -> reader.reference("c", two))
        .isInstanceOf(InvalidQuestionException.class)
        .hasMessageContaining("one token a mask, 2 (has 1)");
  }

  /** No word of the vocabulary has the second one's letter. */
  @ParameterizedTest
  @ValueSource(strings = {"[UNK]", "\uD808\uDC00", "[SEP]", "[MASK]", "[CLS]", "[PAD]"})
  void specialTokenIsNoReference(String words) {
    MaskedQuestion two = reader.question("[MASK] a [MASK]");
    assertThatThrownBy(() -> reader.reference("a " + words, two))
        .isInstanceOf(InvalidQuestionException.class)
        .hasMessageContaining("has a word that the vocabulary lacks, or a special token");
  }

  @Test
  void tokensAreWrittenAsText() {
    assertThat(reader.text(List.of(A, C))).isEqualTo("a c");
  }

  @Test
  void inputWithoutRoomForABodyIsRefused() throws Exception {
    MaskedReaderPart part = TinyMaskedPart.write(directory, TitleForm.NONE);
    MaskedReaderPart narrow =
        new MaskedReaderPart(part.model(), part.tokenizer(), TitleForm.NONE, 4, 2, 10);

    assertThatThrownBy(() -> MaskedReader.open(narrow, cache))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("inputTokensMax = 10 leaves a body no room");
  }

  @Test
  void readerOfSpansIsNoReaderOfMasks() throws Exception {
    MaskedReaderPart part =
        new MaskedReaderPart(
            TestParts.write(directory, "spans.onnx", TinyModels.reader()),
            DefaultCheckpoints.e5().reader().tokenizer(),
            TitleForm.NONE,
            4,
            2,
            12);

    assertThatThrownBy(() -> MaskedReader.open(part, cache))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("mask_positions");
  }

  private void refused(String question, String why) {
    assertThatThrownBy(() -> reader.question(question))
        .isInstanceOf(InvalidQuestionException.class)
        .hasMessageContaining(why);
  }

  /** The logits that are not 0. */
  private static Map<Integer, Float> counts(float[] logits) {
    Map<Integer, Float> counts = new TreeMap<>();
    for (int token = 0; token < logits.length; token++) {
      if (logits[token] != 0) {
        counts.put(token, logits[token]);
      }
    }
    return counts;
  }
}
