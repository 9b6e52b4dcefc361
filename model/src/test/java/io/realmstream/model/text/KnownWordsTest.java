package io.realmstream.model.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.checkpoint.PartCache;
import io.realmstream.model.checkpoint.TestParts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Words from memory against the whole text in one native call, with each tokenizer that ships. */
class KnownWordsTest {
  private static final int MEBI = 1 << 20;
  private static final Map<String, Tokenizer> TOKENIZERS = new LinkedHashMap<>();

  @BeforeAll
  static void open(@TempDir Path temporary) throws Exception {
    PartCache cache = TestParts.cache(temporary);
    for (String name : DefaultCheckpoints.NAMES) {
      TOKENIZERS.put(
          name, Tokenizer.open(DefaultCheckpoints.named(name).documentTower().tokenizer(), cache));
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

  /** Each alone, between letters, behind one of its kind, and before a combining character. */
  @ParameterizedTest
  @MethodSource("names")
  void charactersOfTheBasicPlaneAreTheTokensThatTheyAreAsAWhole(String name) {
    for (int first = 0; first < 0x10000; first += 256) {
      StringBuilder text = new StringBuilder();
      for (int character = first; character < first + 48; character++) {
        text.append((char) character).append('a').append((char) character);
        text.append((char) character).append("\u0301 ").append((char) character).append(" ");
      }
      check(name, text.toString(), "from %04x".formatted(first));
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void charactersOfTheHigherPlanesAreTheTokensThatTheyAreAsAWhole(String name) {
    for (int first = 0x1F000; first < 0x31400; first += 0x235) {
      String character = Character.toString(first);
      check(name, "a" + character.repeat(3) + "b " + character + ".", "%x".formatted(first));
    }
  }

  /** The native library is asked for what is not remembered alone. */
  @ParameterizedTest
  @MethodSource("names")
  void wordsOfOneCharacterCostNoCalls(String name) {
    for (String unit : List.of("\u6771", "\u6771\u4eac\u3002", ".", "[", "\uD840\uDC0B")) {
      String text = unit.repeat(MEBI / unit.length());
      List<Integer> calls = new ArrayList<>();
      Tokenizer tokenizer = tokenizer(name);
      KnownWords known =
          new KnownWords(
              window -> {
                calls.add(window.length());
                return tokenizer.window(window);
              },
              new WordRules(null, null, null, List.of(added("[SEP]"))));
      int end = 0;
      int count = 0;
      while (end < text.length()) {
        int from = end;
        end = known.end(text, from, Tokenizer.WINDOW_CHARS);
        count += known.tokens(text, from, end).count();
      }
      assertThat(count).as(unit).isEqualTo(text.codePointCount(0, text.length()));
      assertThat(calls).as(unit).hasSizeLessThan(5);
    }
  }

  private static WordRules.Added added(String content) {
    return new WordRules.Added(content, false, false, false, false);
  }

  private static Tokenizer tokenizer(String name) {
    return Objects.requireNonNull(TOKENIZERS.get(name));
  }

  private static void check(String name, String text, String what) {
    Tokenizer tokenizer = tokenizer(name);
    Tokens whole = tokenizer.window(text);
    Tokens tokens = tokenizer.tokenize(text);
    assertThat(tokens.ids()).as(what).isEqualTo(whole.ids());
    assertThat(tokens.starts()).as(what).isEqualTo(whole.starts());
    assertThat(tokens.ends()).as(what).isEqualTo(whole.ends());
    assertThat(tokens.wordStarts()).as(what).isEqualTo(whole.wordStarts());
  }
}
