package io.realmstream.deploy.cli.bert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.model.checkpoint.PartCache;
import io.realmstream.model.checkpoint.PartOpener;
import io.realmstream.model.text.Tokenizer;
import io.realmstream.schemas.version.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordPieceTokenizerTest {
  private static final List<String> VOCABULARY =
      List.of(
          "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "ada", "goat", "##s", "caf", "##e", ",");

  @Test
  void textIsSplitAsBertSplitsIt(@TempDir Path folder) throws Exception {
    try (Tokenizer tokenizer = open(folder)) {
      assertThat(tokenizer.ids("Ada, goats [MASK] CAFÉ zebra"))
          .containsExactly(5, 10, 6, 7, 4, 8, 9, 1);
      assertThat(tokenizer.first()).isEqualTo(2);
      assertThat(tokenizer.separator()).isEqualTo(3);
      assertThat(tokenizer.text(new long[] {6, 7})).isEqualTo("goats");
    }
  }

  @Test
  void vocabularyWithoutASpecialTokenIsRefused() {
    assertThatThrownBy(() -> WordPieceTokenizer.json(VOCABULARY.subList(0, 4)))
        .isInstanceOf(IOException.class)
        .hasMessage("the vocabulary has no [MASK]");
  }

  private static Tokenizer open(Path folder) throws Exception {
    byte[] json = WordPieceTokenizer.json(VOCABULARY);
    Path file = Files.write(folder.resolve("tokenizer.json"), json);
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(json);
    return Tokenizer.open(
        new Part(file.toUri().toString(), HexFormat.of().formatHex(digest)),
        new PartCache(
            folder.resolve("cache"),
            PartOpener.local(WordPieceTokenizerTest.class.getClassLoader())));
  }
}
