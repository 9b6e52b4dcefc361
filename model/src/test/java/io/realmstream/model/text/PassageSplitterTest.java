package io.realmstream.model.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.checkpoint.TestParts;
import io.realmstream.schemas.version.EncoderTower;
import io.realmstream.schemas.version.TitleForm;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PassageSplitterTest {
  private static Tokenizer tokenizer;

  @BeforeAll
  static void open(@TempDir Path directory) throws Exception {
    tokenizer =
        Tokenizer.open(
            DefaultCheckpoints.e5().documentTower().tokenizer(), TestParts.cache(directory));
  }

  @AfterAll
  static void close() {
    tokenizer.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n\t \u2003\n", "\u200b\u0000"})
  void textWithoutTokensHasNoPassages(String text) {
    assertThat(splitter("", 32).split("Title", text)).isEmpty();
  }

  @Test
  void textThatFitsIsOnePassageWithoutTheSpaceAroundIt() {
    assertThat(splitter("", 32).split("Title", " \nOne two. Three four.\n "))
        .containsExactly(new PassageText("One two. Three four.", 2, 22));
  }

  /** "One two." has three tokens; [CLS], [SEP] and the title take three of nine. */
  @Test
  void passageHoldsAsManyWholeSentencesAsFitBesideTheTitle() {
    assertThat(splitter("", 9).split("Title", "One two. Three four."))
        .containsExactly(new PassageText("One two. Three four.", 0, 20));
    assertThat(splitter("", 8).split("Title", "One two. Three four."))
        .containsExactly(new PassageText("One two.", 0, 8), new PassageText("Three four.", 9, 20));
  }

  @Test
  void paragraphsAreKeptTogetherRatherThanFilled() {
    assertThat(splitter("", 8).split("", "One two.\n\nThree four. Five six."))
        .extracting(PassageText::text)
        .containsExactly("One two.", "Three four. Five six.");
    assertThat(splitter("", 8).split("", "One two. Three four.\n\nFive six."))
        .extracting(PassageText::text)
        .containsExactly("One two. Three four.", "Five six.");
  }

  /** The prefix "a: " has two tokens. */
  @Test
  void prefixTakesRoomToo() {
    assertThat(splitter("a: ", 11).split("Title", "One two. Three four."))
        .containsExactly(new PassageText("One two. Three four.", 0, 20));
    assertThat(splitter("a: ", 10).split("Title", "One two. Three four.")).hasSize(2);
  }

  @Test
  void titleThatTheEncoderDoesNotGetTakesNoRoom() {
    EncoderTower tower = tower("", TitleForm.NONE, 8);

    assertThat(new PassageSplitter(tokenizer, tower).split("Title", "One two. Three four."))
        .hasSize(1);
  }

  /** The long word has the eight tokens anti dis est ab lish ment arian ism. */
  @Test
  void longSentenceIsCutBetweenWords() {
    String text = "one two antidisestablishmentarianism three four";

    assertThat(splitter("", 10).split("", text))
        .extracting(PassageText::text)
        .containsExactly("one two", "antidisestablishmentarianism", "three four");
  }

  @Test
  void longWordIsCutBetweenTokens() {
    List<PassageText> passages = splitter("", 6).split("", "antidisestablishmentarianism");

    assertThat(passages).hasSizeBetween(2, 4);
    assertThat(passages.stream().map(PassageText::text).collect(Collectors.joining()))
        .isEqualTo("antidisestablishmentarianism");
  }

  @Test
  void titleThatLeavesNothingShredsNothing() {
    assertThat(splitter("", 40).split("long ".repeat(100), "one two three four five six seven."))
        .hasSize(1);
  }

  @Test
  void offsetsBehindEmojiAreThoseOfTheText() {
    String text = "\uD83D\uDE00 \uD83D\uDE00 one. Two three.";

    assertThat(splitter("", 6).split("", text))
        .containsExactly(
            new PassageText("\uD83D\uDE00 \uD83D\uDE00 one.", 0, 10),
            new PassageText("Two three.", 11, 21));
  }

  /** Far more than one block of sentences; the 18 tokens of three sentences fit. */
  @Test
  void longTextIsSplitAcrossBlocks() {
    String sentence = "One two three four five. ";
    List<PassageText> passages = splitter("", 20).split("", sentence.repeat(12_000));

    assertThat(passages).hasSize(4_000);
    for (int i = 0; i < passages.size(); i++) {
      assertThat(passages.get(i).text()).isEqualTo(sentence.repeat(3).strip());
      assertThat(passages.get(i).start()).isEqualTo(i * 3 * sentence.length());
    }
  }

  /** One word of many characters, which are as many words to the tokenizer. */
  @Test
  void longTextWithoutASpaceIsSplitBetweenWords() {
    String text = "\u6771\u4eac".repeat(50_000);
    List<PassageText> passages = splitter("", 34).split("", text);

    assertThat(passages).hasSizeBetween(100_000 / 32, 2 * 100_000 / 32);
    assertThat(passages).allMatch(passage -> passage.text().length() <= 32);
    assertThat(passages.stream().map(PassageText::text).collect(Collectors.joining()))
        .isEqualTo(text);
  }

  @Test
  void wordThatIsLongerThanAWindowIsOneToken() {
    String word = "x".repeat(100_000);

    assertThat(splitter("", 6).split("", "one two three " + word + " four five six seven"))
        .anyMatch(passage -> passage.text().contains(word));
  }

  /** The sentence that is put before moves every block of sentences, yet no boundary far behind. */
  @Test
  void editAtTheBeginningOfALongTextLeavesTheRestAlone() {
    StringBuilder text = new StringBuilder();
    Random random = new Random(7);
    while (text.length() < 100_000) {
      text.append("Number ").append(random.nextInt(1_000)).append(" was drawn by ");
      text.append("player ".repeat(random.nextInt(6))).append(random.nextInt(1_000)).append(". ");
    }
    Set<String> before = texts(splitter("", 64).split("", text.toString()));
    Set<String> after = texts(splitter("", 64).split("", "A short sentence is new. " + text));

    assertThat(before).hasSizeGreaterThan(500);
    after.removeAll(before);
    assertThat(after).hasSizeBetween(1, 4);
  }

  private static Set<String> texts(List<PassageText> passages) {
    return passages.stream().map(PassageText::text).collect(Collectors.toCollection(HashSet::new));
  }

  @Test
  void passagesOfAnyTextFitAndLeaveNothingOut() {
    String[] pieces = {
      "word",
      "\n\n",
      "\n* ",
      "Word.",
      " ",
      "\n",
      ". ",
      "! ",
      "\u6771\u4eac",
      "\u3002",
      "\uD83D\uDE00",
      "\u00e9",
      "e\u0301",
      "\uD83D",
      "unbelievableness",
      "1,234.5",
      "\u200b",
      "\u0000",
      "[SEP]",
      "U.S.A. ",
      "\"Yes.\" ",
      "a-b"
    };
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(120); i >= 0; i--) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      check(text.toString(), 12 + random.nextInt(30), "seed " + seed);
    }
  }

  private static void check(String text, int tokensMax, String seed) {
    List<PassageText> passages = splitter("", tokensMax).split("", text);
    int end = 0;
    for (PassageText passage : passages) {
      assertThat(tokenizer.ids(text.substring(end, passage.start()))).as(seed).isEmpty();
      assertThat(passage.text())
          .as(seed)
          .isEqualTo(text.substring(passage.start(), passage.end()))
          .isEqualTo(passage.text().strip());
      assertThat(tokenizer.ids(passage.text())).as(seed).hasSizeBetween(1, tokensMax - 2);
      end = passage.end();
    }
    assertThat(tokenizer.ids(text.substring(end))).as(seed).isEmpty();
    assertThat(splitter("", tokensMax).split("", text)).as(seed).isEqualTo(passages);
  }

  private static PassageSplitter splitter(String prefix, int tokensMax) {
    return new PassageSplitter(tokenizer, tower(prefix, TitleForm.TEXT, tokensMax));
  }

  private static EncoderTower tower(String prefix, TitleForm title, int tokensMax) {
    EncoderTower e5 = DefaultCheckpoints.e5().documentTower();
    return new EncoderTower(
        e5.trunk(), e5.tokenizer(), null, e5.pooling(), true, prefix, title, tokensMax);
  }
}
