package io.realmstream.model.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.checkpoint.PartCache;
import io.realmstream.model.checkpoint.TestParts;
import io.realmstream.schemas.version.Part;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Windows of a text against the whole text in one native call, with each tokenizer that ships. */
class TokenWindowsTest {
  /** Small, so that short texts have many; a hundred letters that are one token must fit. */
  private static final int WINDOW_CHARS = 300;

  private static final int MEBI = 1 << 20;
  private static final Map<String, Tokenizer> TOKENIZERS = new LinkedHashMap<>();
  private static PartCache cache;
  private static Path directory;

  @BeforeAll
  static void open(@TempDir Path temporary) throws Exception {
    directory = temporary;
    cache = TestParts.cache(directory);
    for (String name : DefaultCheckpoints.NAMES) {
      Part part = DefaultCheckpoints.named(name).documentTower().tokenizer();
      TOKENIZERS.put(name, Tokenizer.open(part, cache));
    }
    TOKENIZERS.put("reader", Tokenizer.open(DefaultCheckpoints.e5().reader().tokenizer(), cache));
  }

  @AfterAll
  static void close() {
    TOKENIZERS.values().forEach(Tokenizer::close);
  }

  static Stream<String> names() {
    return Stream.of("e5", "minilm", "bge", "reader");
  }

  @ParameterizedTest
  @MethodSource("names")
  void wordOfAnyLengthIsTheTokenThatItIsAsAWhole(String name) {
    for (int letters : new int[] {99, 100, 101, 170, 171, 172, 173, 299, 300, 301, 3_000}) {
      check(name, "x".repeat(letters), "letters " + letters);
      check(name, "One " + "x".repeat(letters) + " two, three.", "between words " + letters);
      check(name, "\u0436".repeat(letters) + "." + "x".repeat(letters), "no space " + letters);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void specialTokenIsWholeWhereverTheCutIs(String name) {
    for (int before = 0; before < WINDOW_CHARS + 10; before++) {
      check(name, "a".repeat(before % 90) + ".".repeat(before) + "[SEP]b".repeat(90), "" + before);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void surrogatePairIsWholeWhereverTheCutIs(String name) {
    for (int before = 0; before < 6; before++) {
      String faces = "\uD83D\uDE00".repeat(600);
      check(name, "x".repeat(before) + faces + " end", "one word behind " + before);
      check(name, "x".repeat(before) + faces.replace("\uDE00", "\uDE00 "), "words " + before);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void combiningCharactersStayWithTheirLetters(String name) {
    check(name, "e\u0301".repeat(900) + " cre\u0301me", "one word");
    check(name, "cre\u0301me ".repeat(200), "words");
    check(name, "\u6771\u0300".repeat(400) + "\uac00\uac01".repeat(300), "CJK and Hangul");
  }

  @ParameterizedTest
  @MethodSource("names")
  void whiteSpaceOfAnyLengthHasNoTokens(String name) {
    check(name, " ".repeat(2_000), "nothing else");
    check(name, " \n\t\u2003".repeat(500) + "[SEP] a" + " ".repeat(901) + "b", "before words");
  }

  @ParameterizedTest
  @MethodSource("names")
  void tokensOfAnyTextAreThoseOfTheWholeText(String name) {
    List<String> pieces = new ArrayList<>(List.of("word", "Word. ", " ", "\n", "unbelievableness"));
    pieces.addAll(
        List.of("[SEP]", "[SE", "P]", "[MASK]", "[", "don't ", "1,234.5 ", ".", "\u3002"));
    pieces.addAll(List.of("[[SEP]]", "[SEP", "\u6771a\u4eac", "\uD840\uDC0B", "\uf900"));
    pieces.addAll(List.of("\u6771\u3042\u3044.", "_", "\t", "\u2003", "\u3000", "$+"));
    pieces.addAll(List.of("\u00e9", "e\u0301", "\u0301", "\u302e", "\uac01", "\u6771\u4eac"));
    pieces.addAll(
        List.of("\uD83D\uDE00", "\uD83D", "\uDE00", "\u0000", "\u200b", "\u0085", "\ufffd"));
    pieces.addAll(
        List.of(" ".repeat(700), "\u6771".repeat(90), ".".repeat(120), "[SEP]".repeat(30)));
    pieces.addAll(
        List.of("ab1".repeat(33), "ab".repeat(300), "\u0436".repeat(700), "a.".repeat(90)));
    pieces.addAll(
        List.of("\uD83D\uDE00".repeat(150), "e\u0301".repeat(200), "some words ".repeat(20)));
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(60); i >= 0 && text.length() < 6_000; i--) {
        text.append(pieces.get(random.nextInt(pieces.size())));
      }
      check(name, text.toString(), "seed " + seed);
    }
  }

  private static Tokenizer tokenizer(String name) {
    return Objects.requireNonNull(TOKENIZERS.get(name));
  }

  private static void check(String name, String text, String what) {
    Tokenizer tokenizer = tokenizer(name);
    Tokens whole = tokenizer.window(text);
    check(tokenizer.windows(text, WINDOW_CHARS), whole, what);
    check(tokenizer.nativeWindows(text, WINDOW_CHARS), whole, what + ", native");
    checkCursor(new TokenCursor(tokenizer.windows(text, WINDOW_CHARS)), whole, what);
  }

  private static void check(TokenWindows windows, Tokens whole, String what) {
    List<Tokens> parts = new ArrayList<>();
    while (!windows.done()) {
      parts.add(windows.next());
    }
    Tokens joined = Tokens.joined(parts, Integer.MAX_VALUE);
    assertThat(joined.ids()).as(what).isEqualTo(whole.ids());
    assertThat(joined.starts()).as(what).isEqualTo(whole.starts());
    assertThat(joined.ends()).as(what).isEqualTo(whole.ends());
    assertThat(joined.wordStarts()).as(what).isEqualTo(whole.wordStarts());
  }

  private static void checkCursor(TokenCursor cursor, Tokens whole, String what) {
    int[] starts = new int[whole.count()];
    int[] ends = new int[whole.count()];
    for (int i = 0; i < whole.count() && cursor.countBefore(whole.starts()[i] + 1, 1) == 1; i++) {
      starts[i] = cursor.start(0);
      ends[i] = cursor.end(0);
      cursor.skip(1);
    }
    assertThat(starts).as(what).isEqualTo(whole.starts());
    assertThat(ends).as(what).isEqualTo(whole.ends());
    assertThat(cursor.countBefore(Integer.MAX_VALUE, 1)).as(what).isZero();
  }

  /** The first 500 of them, and all. */
  @ParameterizedTest
  @MethodSource("names")
  void nativeLibraryNeverGetsMoreThanAWindow(String name) {
    for (String unit : List.of("a", "a ", "\u6771", " ", "\uD83D\uDE00", "\u0436", ".")) {
      String text = unit.repeat(MEBI / 4 / unit.length());
      List<Integer> calls = new ArrayList<>();
      TokenWindows windows = counted(name, text, calls);
      int count = 0;
      while (!windows.done() && count < 500) {
        count += windows.next().count();
      }
      boolean tokensAtOnce = count > 1;
      assertThat(calls).as("'%s'", unit).hasSizeLessThan(tokensAtOnce ? 3 : MEBI / 4 / 8_000 + 4);
      while (!windows.done()) {
        windows.next();
      }
      assertThat(calls).as("'%s'", unit).allMatch(length -> length <= Tokenizer.WINDOW_CHARS);
      assertThat(calls).as("'%s'", unit).hasSizeLessThan(MEBI / 4 / 8_000 + 4);
    }
  }

  /** Letters are not looked at natively until the word ends. */
  @Test
  void lettersOfALongWordAndLongWhiteSpaceCostNoCalls() {
    for (String unit : List.of("a", " ")) {
      List<Integer> calls = new ArrayList<>();
      TokenWindows windows = counted("e5", unit.repeat(4 * MEBI) + " end", calls);
      List<Tokens> parts = new ArrayList<>();
      while (!windows.done()) {
        parts.add(windows.next());
      }
      Tokens tokens = Tokens.joined(parts, 10);
      assertThat(tokens.ends()[tokens.count() - 1]).isEqualTo(4 * MEBI + 4);
      assertThat(tokens.starts()[tokens.count() - 1]).isEqualTo(4 * MEBI + 1);
      assertThat(calls).hasSizeLessThan(5);
    }
  }

  private static TokenWindows counted(String name, String text, List<Integer> calls) {
    Tokenizer tokenizer = tokenizer(name);
    long unknown = tokenizer.ids("x".repeat(200))[0];
    return new TokenWindows(
        text,
        new TokenWindows.Window(
            window -> {
              calls.add(window.length());
              return tokenizer.window(window);
            },
            unknown,
            Tokenizer.WINDOW_CHARS),
        null);
  }

  @Test
  void callThatIsNoWindowIsRefused() {
    String text = "a".repeat(Tokenizer.WINDOW_CHARS + 1);

    assertThatThrownBy(() -> tokenizer("e5").window(text))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> tokenizer("e5").windows(text, 2 * TokenWindows.OVERLAP))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void asManyTokensAreReadAsAreAskedFor() {
    Tokenizer tokenizer = tokenizer("e5");
    String text = "word ".repeat(10_000);

    for (int count : new int[] {0, 1, 510, 8_192}) {
      assertThat(tokenizer.ids(text, count)).hasSize(count);
      assertThat(tokenizer.tokenize(text, count).starts())
          .isEqualTo(IntStream.range(0, count).map(i -> 5 * i).toArray());
    }
    assertThat(tokenizer.ids("a b", 3)).hasSize(2);
  }

  /**
   * Splits no word into pieces that do not depend on their neighbours: of a word that is longer
   * than a window the tokens go on behind the cut, as parts of the same word.
   */
  @Test
  void longWordOfATokenizerWithoutATokenForItIsCutHard() throws Exception {
    String bytes =
        """
        {"version": "1.0", "normalizer": null,
         "added_tokens": [
           {"id": 0, "content": "<s>", "special": true, "single_word": false, "lstrip": false,
            "rstrip": false, "normalized": false},
           {"id": 1, "content": "</s>", "special": true, "single_word": false, "lstrip": false,
            "rstrip": false, "normalized": false}],
         "pre_tokenizer": {"type": "Whitespace"},
         "post_processor": {"type": "BertProcessing", "sep": ["</s>", 1], "cls": ["<s>", 0]},
         "model": {"type": "BPE", "vocab": {"<s>": 0, "</s>": 1, "a": 2, "b": 3, "ab": 4},
                   "merges": ["a b"]}}\
        """;
    Part part = TestParts.write(directory, "bpe.json", bytes.getBytes(StandardCharsets.UTF_8));
    try (Tokenizer tokenizer = Tokenizer.open(part, cache)) {
      TokenWindows windows = tokenizer.windows("ab".repeat(500) + " ab", WINDOW_CHARS);
      List<Tokens> parts = new ArrayList<>();
      while (!windows.done()) {
        parts.add(windows.next());
      }
      Tokens tokens = Tokens.joined(parts, Integer.MAX_VALUE);

      assertThat(tokens.ids()).hasSize(501).containsOnly(4);
      assertThat(IntStream.range(0, 501).filter(i -> tokens.wordStarts()[i]))
          .containsExactly(0, 500);
    }
  }
}
