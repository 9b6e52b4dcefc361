package io.realmstream.schemas.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** To which id a query is answered that cannot be read. */
class QueryIdTest {
  @Test
  void theIdOfABadQueryIsStillFound() {
    assertThat(Codecs.queryId(bytes("{\"k\":0,\"id\":\"q-9\"}"))).isEqualTo("q-9");
    assertThat(Codecs.queryId(bytes("{\"id\":\"" + "x".repeat(512) + "\"}"))).hasSize(512);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "\"id\"", "{\"id\":7}", "{\"id\":\"\"}", "{}", "{\"id\":\"q\""})
  void withoutAnIdThereIsNoneToAnswer(String json) {
    assertThat(Codecs.queryId(bytes(json))).isNull();
  }

  @Test
  void anIdThatNoAnswerCouldCarryIsNone() {
    assertThat(Codecs.queryId(bytes("{\"id\":\"" + "x".repeat(513) + "\"}"))).isNull();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
