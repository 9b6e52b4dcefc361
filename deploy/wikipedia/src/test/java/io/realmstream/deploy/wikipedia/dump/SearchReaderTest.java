package io.realmstream.deploy.wikipedia.dump;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.schemas.wikipedia.ObservedPage;
import io.realmstream.schemas.wikipedia.ObservedRevision;
import io.realmstream.schemas.wikipedia.TextFormat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SearchReaderTest {
  private static final String ADA =
      """
      {"index":{"_type":"_doc","_id":"974"}}
      {"title":"Ada Lovelace","namespace":0,"namespace_text":"","wiki":"enwiki","version":9740,\
      "timestamp":"2026-03-01T10:00:00Z","text":"Ada <b> was.","redirect":[{"title":"Ada"}]}
      """;

  @Test
  void textIsTakenAsItIs() throws IOException {
    List<DumpPage> pages = read(ADA);
    assertThat(pages).hasSize(1);
    assertThat(pages.get(0).name()).isEqualTo("page 974 (Ada Lovelace)");
    assertThat(Exports.observed(pages.get(0)).page())
        .isEqualTo(new ObservedPage("Ada Lovelace", 0, false, "wikitext"));
    assertThat(Exports.observed(pages.get(0)).revision())
        .isEqualTo(
            new ObservedRevision(
                9740L, Instant.parse("2026-03-01T10:00:00Z"), "Ada <b> was.", TextFormat.PLAIN));
  }

  @Test
  void titleHasItsNamespace() throws IOException {
    List<DumpPage> pages =
        read(
            ADA.replace("\"namespace\":0", "\"namespace\":1")
                .replace("_text\":\"\"", "_text\":\"Talk\""));
    assertThat(Exports.observed(pages.get(0)).page().title()).isEqualTo("Talk:Ada Lovelace");
    assertThat(Exports.observed(pages.get(0)).page().namespace()).isEqualTo(1);
  }

  @Test
  void badLinesAreReportedAndWhatFollowsIsRead() throws IOException {
    List<DumpPage> pages =
        read(
            "{\"index\":{\"_id\":\"1\"}}\nnonsense\n\n"
                + "{\"title\":\"alone\"}\n"
                + "{\"index\":{\"_id\":\"x\"}}\n{\"title\":\"B\",\"version\":3}\n"
                + "{\"index\":{}}\n{\"text\":7}\n"
                + ADA);
    assertThat(pages)
        .extracting(DumpPage::problem)
        .containsExactly(
            "no JSON object of a page",
            "no action line: it has no field index",
            "PAGE_ID is out of range: x",
            "it has no PAGE_ID",
            null);
    assertThat(pages.get(0).name()).isEqualTo("line 2");
    assertThat(pages.get(1).name()).isEqualTo("line 4");
  }

  @Test
  void endBehindAnActionLineIsAnError() {
    assertThatThrownBy(() -> read(ADA + "{\"index\":{\"_id\":\"1\"}}\n"))
        .isInstanceOf(IOException.class)
        .hasMessage("it ends behind an action line");
  }

  @Test
  void otherWikisAreRefused() {
    assertThatThrownBy(() -> read(ADA.replace("enwiki", "dewiki")))
        .hasMessage("it is a dump of dewiki, not of enwiki");
  }

  private static List<DumpPage> read(String lines) throws IOException {
    SearchReader reader =
        new SearchReader(new ByteArrayInputStream(lines.getBytes(UTF_8)), Exports.SOURCE);
    List<DumpPage> pages = new ArrayList<>();
    for (DumpPage page = reader.next(); page != null; page = reader.next()) {
      pages.add(page);
    }
    return pages;
  }
}
