package io.realmstream.deploy.cli.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.document.Source;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.json.JsonRow;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentFormatTest {
  @Test
  void documentMayNameEveryFieldOfAnEdit() throws BadRecordException {
    assertThat(
            parse(
                DocumentFormat.DOCUMENTS,
                "{\"id\":\"a\",\"revision\":7,\"kind\":\"UPSERT\",\"title\":\"A\",\"text\":\"b\","
                    + "\"link\":\"https://a.example/\",\"license\":\"CC0\","
                    + "\"source\":{\"wiki\":\"w\",\"pageId\":1,\"revisionId\":2},"
                    + "\"split\":false,\"eventTime\":\"2026-01-02T03:04:05Z\",\"lang\":\"en\"}"))
        .isEqualTo(
            new DocumentEdit(
                "a",
                7L,
                EditKind.UPSERT,
                "A",
                "b",
                false,
                Instant.parse("2026-01-02T03:04:05Z"),
                new Provenance("https://a.example/", "CC0", new Source("w", 1, 2, null))));
  }

  @Test
  void deletionAndPurgeNeedNoText() throws BadRecordException {
    assertThat(parse(DocumentFormat.DOCUMENTS, "{\"id\":\"a\",\"kind\":\"DELETE\"}"))
        .isEqualTo(DocumentEdit.deletion("a", null));
    assertThat(parse(DocumentFormat.DOCUMENTS, "{\"id\":\"a\",\"kind\":\"PURGE\"}").kind())
        .isEqualTo(EditKind.PURGE);
  }

  @Test
  void documentNeedsOnlyIdAndText() throws BadRecordException {
    assertThat(parse(DocumentFormat.DOCUMENTS, "{\"id\":\"a\",\"text\":\"b\"}"))
        .isEqualTo(
            new DocumentEdit("a", null, EditKind.UPSERT, "", "b", true, null, Provenance.NONE));
  }

  @Test
  void passageIsNeverSplitAndItsOtherFieldsAreLeftOut() throws BadRecordException {
    assertThat(
            parse(
                DocumentFormat.PASSAGES,
                "{\"id\":12,\"title\":\"T\",\"text\":\"b\",\"revision\":9}"))
        .isEqualTo(
            new DocumentEdit("12", null, EditKind.UPSERT, "T", "b", false, null, Provenance.NONE));
  }

  @Test
  void wikiExtractorsRevidIsTheRevision() throws BadRecordException {
    assertThat(
            parse(
                DocumentFormat.WIKIEXTRACTOR,
                "{\"id\":\"12\",\"revid\":\"1187654321\",\"url\":\"https://x\",\"title\":\"T\","
                    + "\"text\":\"b\"}"))
        .isEqualTo(
            new DocumentEdit(
                "12", 1187654321L, EditKind.UPSERT, "T", "b", true, null, Provenance.NONE));
  }

  @Test
  void revisionsGoUpToTheLargestLong() throws BadRecordException {
    String row = "{\"id\":\"1\",\"text\":\"b\",\"revid\":\"9223372036854775807\"}";
    assertThat(parse(DocumentFormat.WIKIEXTRACTOR, row).revision()).isEqualTo(Long.MAX_VALUE);
    assertThatThrownBy(() -> parse(DocumentFormat.WIKIEXTRACTOR, row.replace("5807", "5808")))
        .isInstanceOf(BadRecordException.class)
        .hasMessageContaining("revid");
  }

  @Test
  void titleThatIsNullIsEmpty() throws BadRecordException {
    for (DocumentFormat format : List.of(DocumentFormat.DOCUMENTS, DocumentFormat.PASSAGES)) {
      assertThat(parse(format, "{\"id\":\"1\",\"text\":\"b\",\"title\":null}").title()).isEmpty();
    }
  }

  @Test
  void misspeltTextIsNotAnEmptyDocument() {
    assertThatThrownBy(() -> parse(DocumentFormat.DOCUMENTS, "{\"id\":\"a\",\"body\":\"b\"}"))
        .isInstanceOf(BadRecordException.class)
        .hasMessage("text: missing");
  }

  @Test
  void missingIdIsNamed() {
    assertThatThrownBy(() -> parse(DocumentFormat.PASSAGES, "{\"text\":\"b\"}"))
        .isInstanceOf(BadRecordException.class)
        .hasMessageContaining("id");
  }

  @Test
  void revisionThatIsNoNumberIsNamed() {
    assertThatThrownBy(
            () ->
                parse(
                    DocumentFormat.WIKIEXTRACTOR,
                    "{\"id\":\"1\",\"revid\":\"new\",\"text\":\"b\"}"))
        .isInstanceOf(BadRecordException.class)
        .hasMessage("revid: expected a whole number, 0 to 9223372036854775807, found \"new\"");
  }

  @Test
  void brokenJsonAndBareValuesAreRefused() {
    assertThatThrownBy(() -> parse(DocumentFormat.DOCUMENTS, "{\"id\":"))
        .isInstanceOf(BadRecordException.class)
        .hasMessageStartingWith("no JSON");
    assertThatThrownBy(() -> parse(DocumentFormat.DOCUMENTS, "[1]"))
        .isInstanceOf(BadRecordException.class)
        .hasMessage("no JSON object");
  }

  @Test
  void bytesThatAreNoUtf8AreRefused() {
    byte[] line = "{\"id\":\"a\",\"text\":\"?\"}".getBytes(StandardCharsets.UTF_8);
    line[line.length - 3] = (byte) 0xff;
    assertThatThrownBy(() -> JsonRow.ofLine(line)).isInstanceOf(BadRecordException.class);
  }

  private static DocumentEdit parse(DocumentFormat format, String line) throws BadRecordException {
    JsonRow row = JsonRow.ofLine(line.getBytes(StandardCharsets.UTF_8)).get(0);
    return format.edit(row.tree(), RowFields.OF_FORMAT);
  }
}
