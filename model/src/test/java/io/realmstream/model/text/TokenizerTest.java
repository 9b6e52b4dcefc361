package io.realmstream.model.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.model.checkpoint.CheckpointException;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.checkpoint.PartCache;
import io.realmstream.model.checkpoint.TestParts;
import io.realmstream.schemas.version.Part;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizerTest {
  private static Path directory;
  private static PartCache cache;

  /** Its file asks for truncation at 128 tokens and for padding to 128. */
  private static Tokenizer tokenizer;

  @BeforeAll
  static void open(@TempDir Path temporary) throws Exception {
    directory = temporary;
    cache = TestParts.cache(directory);
    tokenizer = Tokenizer.open(DefaultCheckpoints.minilm().documentTower().tokenizer(), cache);
  }

  @AfterAll
  static void close() {
    tokenizer.close();
  }

  /** The ids of BERT's uncased English vocabulary. */
  @Test
  void idsAreThoseOfTheVocabulary() {
    assertThat(tokenizer.ids("Hello world")).containsExactly(7592, 2088);
    assertThat(tokenizer.first()).isEqualTo(101);
    assertThat(tokenizer.separator()).isEqualTo(102);
  }

  @Test
  void filesOwnTruncationAndPaddingAreOff() {
    assertThat(tokenizer.ids("a ".repeat(1000))).hasSize(1000);
    assertThat(tokenizer.ids("a")).hasSize(1);
    assertThat(tokenizer.ids("")).isEmpty();
  }

  @Test
  void offsetsAreUtf16UnitsOfTheOriginalText() {
    String text =
        "\uD83D\uDE00 Caf\u00e9 cre\u0301me \uD83C\uDDEB\uD83C\uDDF7 Paris, \u6771\u4eac!";

    assertThat(words(text))
        .containsExactly(
            "\uD83D\uDE00",
            "Caf\u00e9",
            "cre\u0301me",
            "\uD83C\uDDEB\uD83C\uDDF7",
            "Paris",
            ",",
            "\u6771",
            "\u4eac",
            "!");
  }

  @Test
  void loneSurrogatesDoNotMoveTheOffsetsOfTheRest() {
    assertThat(words("x\uD83Dy \uDE00 \uD83D\uDE00 Oslo\uD83D")).endsWith("\uD83D\uDE00", "Oslo");
  }

  @Test
  void controlCharactersDoNotMoveTheOffsetsOfTheRest() {
    assertThat(words("a\u0000b \u200b\ufe0f Oslo")).endsWith("Oslo");
  }

  /** The text of each word, from its first token to its last. */
  private static List<String> words(String text) {
    Tokens tokens = tokenizer.tokenize(text);
    List<String> words = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < tokens.count(); i++) {
      start = tokens.wordStarts()[i] ? tokens.starts()[i] : start;
      if (i + 1 == tokens.count() || tokens.wordStarts()[i + 1]) {
        words.add(text.substring(start, tokens.ends()[i]));
      }
    }
    return words;
  }

  @Test
  void threadsDoNotDisturbEachOther() throws Exception {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      texts.add(i + ": un\u00e9ven \uD83D\uDE00 and " + "very ".repeat(i) + "long");
    }
    List<long[]> serial = texts.stream().map(tokenizer::ids).toList();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<long[]>> calls = new ArrayList<>();
      texts.forEach(text -> calls.add(() -> tokenizer.ids(text)));
      List<Future<long[]>> parallel = threads.invokeAll(calls);
      for (int i = 0; i < parallel.size(); i++) {
        assertThat(parallel.get(i).get()).isEqualTo(serial.get(i));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void librarysOwnDownloadsAndReportsAreOff() {
    assertThat(System.getProperty("ai.djl.offline")).isEqualTo("true");
    assertThat(System.getProperty("OPT_OUT_TRACKING")).isEqualTo("true");
    assertThat(System.getProperty("ENGINE_CACHE_DIR")).endsWith("natives");
  }

  @Test
  void textFileIsRefused() throws Exception {
    Part part = TestParts.write(directory, "tokenizer.json", "no".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> Tokenizer.open(part, cache))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContainingAll("tokenizer.json", "not a tokenizer");
  }

  @Test
  void tokenizerThatDoesNotWrapTextsIsRefused() throws Exception {
    String words =
        """
        {"version": "1.0", "added_tokens": [], "pre_tokenizer": {"type": "Whitespace"},
         "model": {"type": "WordLevel", "vocab": {"a": 0, "?": 1}, "unk_token": "?"}}""";
    Part part = TestParts.write(directory, "words.json", words.getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> Tokenizer.open(part, cache))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContainingAll("words.json", "[CLS] text [SEP]");
  }

  @Test
  void closedTokenizerSaysSo() throws Exception {
    Tokenizer closed = Tokenizer.open(DefaultCheckpoints.e5().reader().tokenizer(), cache);
    closed.close();
    closed.close();

    assertThatThrownBy(() -> closed.ids("a")).isInstanceOf(IllegalStateException.class);
  }
}
