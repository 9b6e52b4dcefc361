package io.realmstream.schemas.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonRowTest {
  @Test
  void everyObjectOfALineComesWithItsText() throws BadRecordException {
    String large = "{\"a\": \"" + "\u00e9x".repeat(100_000) + "\"}";
    List<JsonRow> rows = rows("\uFEFF {\"n\": 1.50}" + large + "\t\uFEFF{} ");
    assertThat(rows).extracting(JsonRow::text).containsExactly("{\"n\": 1.50}", large, "{}");
    assertThat(rows.get(1).tree().path("a").textValue()).hasSize(200_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[{}]",
        "7",
        "{}x",
        "{} 7",
        "{},{}",
        "{\"a\":1,\"a\":2}",
        "{} {",
        "{}]",
        "null"
      })
  void anythingElseIsRefused(String line) {
    assertThatThrownBy(() -> rows(line))
        .isInstanceOf(BadRecordException.class)
        .hasMessageStartingWith("no JSON");
  }

  @Test
  void whatNoRecordCanHoldIsRefusedWithItsField() {
    assertThatThrownBy(() -> rows("{\"a\":{\"b\":\"\\udc00\"}}"))
        .isInstanceOf(BadRecordException.class)
        .hasMessage("a.b: must not hold half a surrogate pair");
    assertThatThrownBy(() -> JsonRow.ofLine(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'}))
        .isInstanceOf(BadRecordException.class)
        .hasMessageContaining("UTF-8");
  }

  private static List<JsonRow> rows(String line) throws BadRecordException {
    return JsonRow.ofLine(line.getBytes(StandardCharsets.UTF_8));
  }
}
