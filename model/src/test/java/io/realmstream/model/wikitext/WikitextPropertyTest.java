package io.realmstream.model.wikitext;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.StringLength;

/** What holds for every wikitext, made of pieces of markup in any order. */
class WikitextPropertyTest {
  private static final List<String> PIECES = pieces();

  private final WikitextExtractor extractor = new WikitextExtractor();

  private static List<String> pieces() {
    List<String> pieces = new ArrayList<>(HostileInputs.pieces());
    pieces.addAll(
        List.of(
            "word ",
            "Rome",
            ". ",
            ", ",
            "]]",
            "}}",
            "|}",
            "\n\n",
            "|b",
            "{{convert|5|km}}",
            "{{zz}}",
            "{{quote|",
            "{{lang|it|",
            "{{as of|2020}}",
            "[[Category:",
            "</nowiki>",
            "</table>",
            "é"));
    return pieces;
  }

  @Provide
  Arbitrary<String> wikitext() {
    return Arbitraries.of(PIECES).list().ofMaxSize(60).map(list -> String.join("", list));
  }

  @Property(tries = 3000)
  void theTextIsBoundedAndWellFormed(@ForAll("wikitext") String wikitext) {
    Extract extract = extractor.extract(wikitext);
    String text = extract.text();
    assertThat(text.length()).isLessThanOrEqualTo(8 * wikitext.length());
    assertThat(Normalizer.isNormalized(text, Normalizer.Form.NFC)).isTrue();
    assertThat(text).isEqualTo(text.strip()).doesNotContain("\n\n\n", "  ", " \n", "\n ");
    assertThat(text.chars().filter(c -> c >= 0xfdd0 && c <= 0xfdef)).isEmpty();
    assertThat(text.codePoints().filter(c -> c >= 0xd800 && c <= 0xdfff)).isEmpty();
    assertThat(extract.cut()).isFalse();
  }

  @Property(tries = 1000)
  void anyStringIsRead(@ForAll @StringLength(max = 200) String wikitext) {
    assertThat(extractor.extract(wikitext).text().length())
        .isLessThanOrEqualTo(8 * wikitext.length());
  }

  @Property(tries = 500)
  void equalWikitextGivesEqualText(@ForAll("wikitext") String wikitext) {
    assertThat(new WikitextExtractor().extract(wikitext)).isEqualTo(extractor.extract(wikitext));
  }

  /** A page that leaves no bracket open does not change the text of what follows. */
  @Property(tries = 1000)
  void pagesThatCloseTheirBracketsCanBeReadInParts(
      @ForAll("samples") String first, @ForAll("samples") String second) {
    String behind = extractor.extract(second).text();
    String apart = extractor.extract(first).text() + (behind.isEmpty() ? "" : "Next" + behind);
    String together = extractor.extract(first + "\n\n= Next =\n\n" + second).text();
    assertThat(together.replaceAll("\\s", "")).isEqualTo(apart.replaceAll("\\s", ""));
  }

  @Provide
  Arbitrary<String> samples() {
    return Arbitraries.of(
        Samples.all().stream()
            .filter(sample -> !sample.name().contains("never") && !sample.name().contains("none"))
            .map(Samples.Sample::wikitext)
            .toList());
  }
}
