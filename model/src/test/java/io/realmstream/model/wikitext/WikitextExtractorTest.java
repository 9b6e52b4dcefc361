package io.realmstream.model.wikitext;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.wikitext.Samples.Sample;
import io.realmstream.model.wikitext.source.SourceLimits;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WikitextExtractorTest {
  private final WikitextExtractor extractor = new WikitextExtractor();

  static List<Sample> samples() {
    return Samples.all();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aSampleReadsAsWritten(Sample sample) {
    Extract extract = extractor.extract(sample.wikitext());
    assertThat(extract.text()).isEqualTo(sample.text());
    assertThat(extract.cut()).isFalse();
  }

  @Test
  void thereAreSamples() {
    assertThat(Samples.all()).hasSizeGreaterThan(60);
  }

  @Test
  void windowsLineEndsMakeNoDifference() {
    for (Sample sample : Samples.all()) {
      assertThat(extractor.extract(sample.wikitext().replace("\n", "\r\n")).text())
          .as(sample.name())
          .isEqualTo(sample.text());
    }
  }

  @Test
  void unknownTemplatesOfSentencesAreCountedByName() {
    String wikitext =
        """
        {{Unknown box
        | name = {{unknown field|x}}
        }}
        It is {{foo|5}} and {{Foo_bar|a=b}} and {{foo|6}}.<ref>{{unknown source}}</ref>
        {| \n| {{unknown cell}} \n|}
        {{convert|5|km}} {{nowrap|{{foo|7}}}}
        """;
    assertThat(extractor.extract(wikitext).unknownTemplates())
        .isEqualTo(Map.of("foo", 3, "Foo_bar", 1));
  }

  @Test
  void captionsAreKeptByOption() {
    String wikitext = "[[File:A.jpg|thumb|upright=1.2|The [[Tiber]].]]Rome. [[File:B.jpg|left]]";
    WikitextExtractor withCaptions = new WikitextExtractor(true, SourceLimits.DEFAULT);
    assertThat(withCaptions.extract(wikitext).text()).isEqualTo("The Tiber.\n\nRome.");
    assertThat(extractor.extract(wikitext).text()).isEqualTo("Rome.");
  }

  @Test
  void aPageOverTheLimitIsCutThere() {
    WikitextExtractor limited =
        new WikitextExtractor(false, new SourceLimits(10, 100, Long.MAX_VALUE));
    assertThat(limited.extract("0123456789")).matches(extract -> !extract.cut());
    Extract cut = limited.extract("0123456789A");
    assertThat(cut.cut()).isTrue();
    assertThat(cut.text()).isEqualTo("0123456789");
  }

  @Test
  void tooManyBracketsCutThePage() {
    WikitextExtractor limited = new WikitextExtractor(false, new SourceLimits(1000, 3, 100_000));
    assertThat(limited.extract("[[a]] [[b]] c")).matches(extract -> !extract.cut());
    Extract cut = limited.extract("[[a]] [[b]] [[c]] [[d]]");
    assertThat(cut.cut()).isTrue();
    assertThat(cut.text()).isEqualTo("a b");
  }

  @Test
  void tooMuchWorkCutsThePage() {
    WikitextExtractor limited = new WikitextExtractor(false, new SourceLimits(1000, 100, 50));
    Extract cut = limited.extract("word ".repeat(2) + "[[link]] ".repeat(20));
    assertThat(cut.cut()).isTrue();
    assertThat(cut.text()).startsWith("word word link").doesNotEndWith("]");
  }
}
