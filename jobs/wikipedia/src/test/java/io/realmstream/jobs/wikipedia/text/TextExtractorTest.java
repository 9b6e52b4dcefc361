package io.realmstream.jobs.wikipedia.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.schemas.wikipedia.TextFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextExtractorTest {
  /** Statements say which pages are redirects; a text may be one all the same. */
  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "{{Infobox|area=5}}, ''",
    "#REDIRECT [[Rome]], ''",
    "#redirect [[Rome#Army|the army]] {{R from move}}, ''",
    "# [[Rome]], - Rome",
    "'''Rome''' is a city., Rome is a city.",
    "a\u0000b, ab"
  })
  void textIsWhatReadersSee(String wikitext, String text) {
    var extracted = TextExtractor.CURRENT.extract(wikitext);
    assertThat(extracted.text()).isEqualTo(text);
    assertThat(extracted.format()).isEqualTo(TextFormat.PLAIN);
  }
}
