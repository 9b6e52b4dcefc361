package io.realmstream.schemas.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.schemas.document.DocumentEdit;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {
  @ParameterizedTest
  @CsvSource({
    "2026-03-01T10:30:00Z, 2026-03-01T10:30:00Z",
    "2026-03-01t10:30:00z, 2026-03-01T10:30:00Z",
    "2026-03-01T10:30:00-00:00, 2026-03-01T10:30:00Z",
    "2026-03-01T10:30:00+00:00, 2026-03-01T10:30:00Z",
    "2026-03-01T00:30:00+01:00, 2026-02-28T23:30:00Z",
    "2026-03-01T10:30:00+23:59, 2026-02-28T10:31:00Z",
    "2026-03-01T10:30:00-18:01, 2026-03-02T04:31:00Z",
    "2026-03-01T10:30:00.5Z, 2026-03-01T10:30:00.500Z",
    "2026-03-01T10:30:00.123456789Z, 2026-03-01T10:30:00.123456789Z",
    "2026-03-01T10:30:00.1234567899999Z, 2026-03-01T10:30:00.123456789Z",
    // the leap seconds of 1990 and 2016, the latter as New York writes it
    "1990-12-31T23:59:60Z, 1990-12-31T23:59:59Z",
    "2016-12-31T18:59:60.7-05:00, 2016-12-31T23:59:59.700Z",
    "2024-02-29T00:00:00Z, 2024-02-29T00:00:00Z",
    "0000-01-01T00:00:00Z, 0000-01-01T00:00:00Z",
  })
  void timesOfTheStandardAreReadFromRecords(String text, Instant time) throws BadRecordException {
    assertThat(Rfc3339.parse(text)).isEqualTo(time);
    String json = "{\"id\":\"d\",\"eventTime\":\"" + text + "\"}";
    DocumentEdit edit = Codecs.DOCUMENT_EDIT.decode(json.getBytes(UTF_8));
    assertThat(edit.eventTime()).isEqualTo(time);
    assertThat(Codecs.DOCUMENT_EDIT.decode(Codecs.DOCUMENT_EDIT.encode(edit))).isEqualTo(edit);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-03-01",
        "2026-03-01T10:30:00",
        "2026-03-01 10:30:00Z",
        "2026-03-01T10:30Z",
        "2026-03-01T10:30:00.Z",
        "2026-03-01T10:30:00+0100",
        "2026-03-01T10:30:00+24:00",
        "2026-03-01T10:30:00+01:60",
        "2026-02-29T00:00:00Z",
        "2026-03-01T24:00:00Z",
        "2026-03-01T10:30:60Z",
        "2026-03-01T23:59:60+01:00",
        "2026-03-01T10:30:61Z",
        "26-03-01T10:30:00Z",
        "+12026-03-01T10:30:00Z",
        "2026-03-01T10:30:00Z\n",
        "2026-03-01T10:30:00Ｚ",
        "٢٠٢٦-03-01T10:30:00Z",
      })
  void whatIsNoTimeOfTheStandardIsNone(String text) {
    assertThat(Rfc3339.parse(text)).isNull();
  }

  @Test
  void manyDigitsCostLittle() {
    assertThat(Rfc3339.parse("2026-03-01T10:30:00." + "9".repeat(100_000) + "Z"))
        .isEqualTo("2026-03-01T10:30:00.999999999Z");
  }
}
