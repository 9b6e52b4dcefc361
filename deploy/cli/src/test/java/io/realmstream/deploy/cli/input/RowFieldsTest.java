package io.realmstream.deploy.cli.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.json.JsonRow;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RowFieldsTest {
  private static final RowFields CRAWL = new RowFields("url", "head", "body", "fetched");

  @Test
  void foreignNamesServeEveryFormat() throws BadRecordException {
    String row = "{\"url\":\"u\",\"head\":\"H\",\"body\":\"b\",\"fetched\":\"12\",\"id\":\"x\"}";
    assertThat(parse(DocumentFormat.DOCUMENTS, row, CRAWL))
        .isEqualTo(
            new DocumentEdit("u", 12L, EditKind.UPSERT, "H", "b", true, null, Provenance.NONE));
    assertThat(parse(DocumentFormat.PASSAGES, row, CRAWL))
        .isEqualTo(
            new DocumentEdit("u", 12L, EditKind.UPSERT, "H", "b", false, null, Provenance.NONE));
  }

  @Test
  void aRowMayLackItsTitleButNothingElse() throws BadRecordException {
    assertThat(parse(DocumentFormat.DOCUMENTS, "{\"url\":1,\"body\":\"b\",\"fetched\":3}", CRAWL))
        .isEqualTo(
            new DocumentEdit("1", 3L, EditKind.UPSERT, "", "b", true, null, Provenance.NONE));
    assertRefused("url: missing", "{\"id\":\"a\",\"body\":\"b\",\"fetched\":1}");
    assertRefused("body: missing", "{\"url\":\"a\",\"text\":\"b\",\"fetched\":1}");
    assertRefused(
        "fetched: expected a whole number, 0 to 9223372036854775807, found nothing",
        "{\"url\":1,\"body\":\"b\"}");
    assertRefused(
        "fetched: expected a whole number, 0 to 9223372036854775807, found \"new\"",
        "{\"url\":1,\"body\":\"b\",\"fetched\":\"new\"}");
    assertRefused(
        "fetched: expected a whole number, 0 to 9223372036854775807, found 1.5",
        "{\"url\":1,\"body\":\"b\",\"fetched\":1.5}");
  }

  @Test
  void aNumberIsTheRevisionOfEveryDocument() throws BadRecordException {
    RowFields seven = new RowFields(null, null, null, "7");
    assertThat(
            parse(DocumentFormat.DOCUMENTS, "{\"id\":\"a\",\"text\":\"b\",\"revision\":2}", seven)
                .revision())
        .isEqualTo(7);
    assertThat(seven.fixedRevision()).isEqualTo(7);
    assertThat(CRAWL.fixedRevision()).isNull();
  }

  private static void assertRefused(String reason, String row) {
    assertThatThrownBy(() -> parse(DocumentFormat.DOCUMENTS, row, CRAWL))
        .isInstanceOf(BadRecordException.class)
        .hasMessage(reason);
  }

  private static DocumentEdit parse(DocumentFormat format, String row, RowFields fields)
      throws BadRecordException {
    return format.edit(JsonRow.ofLine(row.getBytes(StandardCharsets.UTF_8)).get(0).tree(), fields);
  }
}
