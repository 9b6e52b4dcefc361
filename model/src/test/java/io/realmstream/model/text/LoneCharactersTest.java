package io.realmstream.model.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoneCharactersTest {
  private static final String EAST = "\u6771";

  /** A character of the higher planes. */
  private static final String HIGH = "\uD840\uDC0B";

  private final List<String> calls = new ArrayList<>();
  private String withinWords = "";
  private String dropped = "";
  private String halved = "";
  private final LoneCharacters lone = new LoneCharacters(this::tokenize, List.of("[SEP]", ""));

  @Test
  void ideographsAndPunctuationHaveTheirTokens() {
    assertThat(lone.token("a" + EAST + "b", 1)).isEqualTo(0x6771);
    assertThat(lone.token(HIGH, 0)).isEqualTo(0x2000B);
    for (String character : List.of("!", "$", "+", "^", "`", "_", "~", "\u2014", "\u3002")) {
      assertThat(lone.token(character, 0)).isEqualTo(character.charAt(0));
    }
  }

  @Test
  void othersAreNotAloneEvenWhereTheTokenizerCutsThem() {
    // of ASCII letter, digit and space; sign of multiplication; letter that falls apart in NFD;
    // ideograph that becomes another in NFD
    for (String character : List.of("a", "7", " ", "\u00d7", "\u00e9", "\uF900")) {
      assertThat(lone.token(character, 0)).as(character).isEqualTo(LoneCharacters.NONE);
    }
  }

  @Test
  void characterThatTheTokenizerLeavesInAWordIsNotAlone() {
    withinWords = "-'";

    assertThat(lone.token("-", 0)).isEqualTo(LoneCharacters.NONE);
    assertThat(lone.token("'", 0)).isEqualTo(LoneCharacters.NONE);
    assertThat(lone.token("(", 0)).isEqualTo('(');
    assertThat(lone.token(".", 0)).isEqualTo('.');
  }

  @Test
  void droppedOrHalvedCharacterIsNotAloneAndDoesNotDisturbTheNext() {
    dropped = "!%";
    halved = "&*";

    for (String character : List.of("!", "%", "&", "*")) {
      assertThat(lone.token(character, 0)).as(character).isEqualTo(LoneCharacters.NONE);
    }
    for (String character : List.of("\"", "$", "'", "(", "+")) {
      assertThat(lone.token(character, 0)).isEqualTo(character.charAt(0));
    }
  }

  @Test
  void characterOfAnAddedTokenIsNotAloneWithinItOnly() {
    assertThat(lone.token("x[SEP]", 1)).isEqualTo(LoneCharacters.NONE);
    assertThat(lone.token("x[SEP]", 5)).isEqualTo(LoneCharacters.NONE);
    assertThat(lone.token("[SEP", 0)).isEqualTo('[');
    assertThat(lone.token("]", 0)).isEqualTo(']');
    assertThat(lone.token("[SEP]]", 5)).isEqualTo(']');
    assertThat(lone.token("[SEP].", 5)).isEqualTo('.');
  }

  @Test
  void tokenizerIsAskedOnceForEach256CodePointsThatHoldAny() {
    lone.token(EAST, 0);
    lone.token("\u6700", 0);
    lone.token("\u67ff", 0);
    assertThat(calls).hasSize(1);
    lone.token("\u6800", 0);
    assertThat(calls).hasSize(2);
    lone.token("\u0416", 0);
    assertThat(calls).as("no Cyrillic letter may be alone").hasSize(2);
  }

  /** Each character is a token by its code point, and a word, but for those that are named. */
  private Tokens tokenize(String text) {
    calls.add(text);
    List<Tokens> tokens = new ArrayList<>();
    boolean joins = false;
    for (int at = 0; at < text.length(); ) {
      String character = Character.toString(text.codePointAt(at));
      boolean isWithin = withinWords.contains(character);
      if (!dropped.contains(character)) {
        tokens.add(token(at, character, !isWithin && !joins));
      }
      if (halved.contains(character)) {
        tokens.add(token(at, character, true));
      }
      joins = isWithin;
      at += character.length();
    }
    return Tokens.joined(tokens, Integer.MAX_VALUE);
  }

  private static Tokens token(int at, String character, boolean beginsWord) {
    return new Tokens(
        new long[] {character.codePointAt(0)},
        new int[] {at},
        new int[] {at + character.length()},
        new boolean[] {beginsWord});
  }
}
