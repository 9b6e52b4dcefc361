package io.realmstream.deploy.wikipedia.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.wikipedia.ObservedPage;
import io.realmstream.schemas.wikipedia.ObservedRevision;
import io.realmstream.schemas.wikipedia.ObservedState;
import io.realmstream.schemas.wikipedia.TextFormat;
import io.realmstream.schemas.wikipedia.WikipediaObserved;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExportReaderTest {
  @ParameterizedTest
  @ValueSource(strings = {"0.10", "0.11"})
  void pageIsWhatItsFieldsSay(String version) throws Exception {
    List<DumpPage> pages =
        read(
            Exports.head(version)
                + Exports.page(974, "Ada Lovelace", "'''Ada''' & <ref>x</ref> [[London]]\n")
                + Exports.tail());
    assertThat(pages).hasSize(1);
    assertThat(pages.get(0).name()).isEqualTo("page 974 (Ada Lovelace)");
    WikipediaObserved observed = Exports.observed(pages.get(0));
    assertThat(observed)
        .isEqualTo(
            new WikipediaObserved(
                WikipediaObserved.SCHEMA,
                "enwiki",
                974,
                Exports.DATE,
                ObservedState.PRESENT,
                new ObservedPage("Ada Lovelace", 0, false, "wikitext"),
                new ObservedRevision(
                    9740L,
                    Instant.parse("2026-03-01T10:00:00Z"),
                    "'''Ada''' & <ref>x</ref> [[London]]\n",
                    TextFormat.WIKITEXT)));
    assertThat(Codecs.WIKIPEDIA_OBSERVED.decode(Codecs.WIKIPEDIA_OBSERVED.encode(observed)))
        .isEqualTo(observed);
  }

  @Test
  void namespacesAndRedirectsAndModelsAreKept() throws IOException {
    WikipediaObserved observed =
        one(
            "<page><title>Talk:A</title><ns>1</ns><id>5</id><redirect title=\"B\" /><revision>"
                + "<id>9</id><timestamp>2026-01-01T00:00:00Z</timestamp><model>json</model>"
                + "<text>#REDIRECT [[B]]</text></revision></page>");
    assertThat(observed.page()).isEqualTo(new ObservedPage("Talk:A", 1, true, "json"));
  }

  @Test
  void hiddenTextIsAHiddenPageAndOtherHiddenPartsAreNot() throws IOException {
    WikipediaObserved hidden =
        one(page("<contributor deleted=\"deleted\" /><text bytes=\"9\" deleted=\"deleted\" />"));
    assertThat(hidden.state()).isEqualTo(ObservedState.HIDDEN);
    assertThat(hidden.page()).isEqualTo(ObservedPage.NONE);
    assertThat(hidden.revision().text()).isNull();
    assertThat(hidden.revision().revisionId()).isEqualTo(9);
    WikipediaObserved shown =
        one(
            page(
                "<comment deleted=\"deleted\" /><contributor deleted=\"deleted\""
                    + " /><text>t</text>"));
    assertThat(shown.state()).isEqualTo(ObservedState.PRESENT);
    assertThat(shown.revision().text()).isEqualTo("t");
  }

  @Test
  void furtherSlotsAreNotTheText() throws IOException {
    WikipediaObserved observed =
        one(
            page(
                "<text>main</text><content><role>mediainfo</role><model>x</model>"
                    + "<text>{\"a\":1}</text></content>"));
    assertThat(observed.revision().text()).isEqualTo("main");
    assertThat(observed.page().contentModel()).isEqualTo("wikitext");
  }

  @Test
  void textOfAStubIsNotAtHandAndAnEmptyOneIsEmpty() throws IOException {
    assertThat(one(page("<text bytes=\"12\" id=\"3\" />")).revision().text()).isNull();
    assertThat(one(page("<text bytes=\"0\" />")).revision().text()).isEmpty();
  }

  @Test
  void lastOfSeveralRevisionsStays() throws IOException {
    WikipediaObserved observed =
        one(
            "<page><title>A</title><ns>0</ns><id>5</id>"
                + revision(8, "<text deleted=\"deleted\"/>")
                + revision(9, "<text>new</text>")
                + "</page>");
    assertThat(observed.state()).isEqualTo(ObservedState.PRESENT);
    assertThat(observed.revision().revisionId()).isEqualTo(9);
    assertThat(observed.revision().text()).isEqualTo("new");
  }

  @Test
  void pageThatCannotBeUsedIsReportedAndTheNextIsRead() throws IOException {
    String good = Exports.page(7, "G", "g");
    List<DumpPage> pages =
        read(
            Exports.head("0.11")
                + "<page><title>None</title><ns>0</ns><id>1</id></page>"
                + page("<text>t</text>").replace("<id>5</id>", "<id>-5</id>")
                + page("<text>t</text>").replace("<ns>0</ns>", "")
                + page("<text>t</text>").replace("2026-01-01", "yesterday")
                + good
                + Exports.tail());
    assertThat(pages)
        .extracting(DumpPage::problem)
        .containsExactly(
            "it has no revision",
            "PAGE_ID is out of range: -5",
            "it has no NAMESPACE",
            "TIME is no time: yesterdayT00:00:00Z",
            null);
    assertThat(pages.get(0).name()).isEqualTo("page 1 (None)");
  }

  @Test
  void textOverTheLimitIsLeftOutAndNotHeld() throws IOException {
    List<InputStream> parts = new ArrayList<>();
    parts.add(
        stream(Exports.head("0.11") + Exports.page(1, "A", "a") + "<page><title>Big</title>"));
    parts.add(stream("<ns>0</ns><id>2</id><revision><id>3</id>"));
    parts.add(stream("<timestamp>2026-01-01T00:00:00Z</timestamp><text>"));
    for (int i = 0; i < 50; i++) {
      parts.add(stream("word &amp; ".repeat(100_000)));
    }
    parts.add(stream("</text></revision></page>" + Exports.page(4, "B", "b") + Exports.tail()));
    ExportReader reader =
        new ExportReader(new SequenceInputStream(Collections.enumeration(parts)), Exports.SOURCE);
    assertThat(reader.next()).extracting(DumpPage::problem).isNull();
    assertThat(reader.next())
        .extracting(DumpPage::problem)
        .isEqualTo("its text has more than 4 MiB");
    assertThat(reader.next()).extracting(DumpPage::name).isEqualTo("page 4 (B)");
    assertThat(reader.next()).isNull();
  }

  @Test
  void textAtTheLimitIsTaken() throws IOException {
    String text = "é".repeat(2 << 20);
    assertThat(one(page("<text>" + text + "</text>")).revision().text()).isEqualTo(text);
    assertThat(read(Exports.head("0.11") + page("<text>" + text + "x</text>") + Exports.tail()))
        .extracting(DumpPage::problem)
        .containsExactly("its text has more than 4 MiB");
  }

  @Test
  void entityBombIsRefused() {
    assertRefused(
        "<!DOCTYPE m [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]>"
            + Exports.head("0.11")
            + page("<text>&b;</text>"),
        "it has a document type");
  }

  @Test
  void externalEntityIsRefused() {
    assertRefused(
        "<!DOCTYPE m [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>"
            + Exports.head("0.11")
            + page("<text>&x;</text>"),
        "it has a document type");
    assertRefused(Exports.head("0.11") + page("<text>&x;</text>"), "x");
  }

  @Test
  void deepNestingIsRefused() {
    assertRefused(
        Exports.head("0.11") + "<page>" + "<a>".repeat(100_000),
        "elements are nested deeper than 32");
  }

  @Test
  void nameTagAndCommentWithoutEndAreRefused() {
    assertRefused(Exports.head("0.11") + "<" + "n".repeat(3 << 20), "exceeds the \"1,000\" limit");
    assertRefused(
        Exports.head("0.11") + "<page a=\"" + "v".repeat(3 << 20), "bytes without an end");
    assertRefused(Exports.head("0.11") + "<!--" + "c".repeat(3 << 20), "bytes without an end");
  }

  @Test
  void otherXmlAndOtherWikisAreRefused() {
    assertRefused("<feed><page/></feed>", "no export of MediaWiki: it begins with <feed>");
    assertRefused(
        Exports.head("0.11").replace("enwiki", "dewiki") + page("<text>t</text>"),
        "it is a dump of dewiki, not of enwiki");
  }

  private static void assertRefused(String xml, String message) {
    assertThatThrownBy(() -> read(xml))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message);
  }

  private static String page(String rest) {
    return "<page><title>A</title><ns>0</ns><id>5</id>" + revision(9, rest) + "</page>";
  }

  private static String revision(long id, String rest) {
    return "<revision><id>%d</id><timestamp>2026-01-01T00:00:00Z</timestamp>%s</revision>"
        .formatted(id, rest);
  }

  private static WikipediaObserved one(String page) throws IOException {
    List<DumpPage> pages = read(Exports.head("0.11") + page + Exports.tail());
    assertThat(pages).hasSize(1);
    return Exports.observed(pages.get(0));
  }

  private static List<DumpPage> read(String xml) throws IOException {
    List<DumpPage> pages = new ArrayList<>();
    ExportReader reader = new ExportReader(stream(xml), Exports.SOURCE);
    for (DumpPage page = reader.next(); page != null; page = reader.next()) {
      pages.add(page);
    }
    return pages;
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
