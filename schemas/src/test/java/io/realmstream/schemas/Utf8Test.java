package io.realmstream.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8Test {
  @ParameterizedTest
  @ValueSource(strings = {"", "a", "é", "\u07ff\u0800", "語", "😀", "a😀é語\uffff"})
  void bytesAreCountedAsTheyAreWritten(String text) {
    assertThat(Utf8.bytes(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
    assertThat(Utf8.canEncode(text)).isTrue();
  }

  @Test
  void halfASurrogatePairCannotBeWritten() {
    assertThat(Utf8.canEncode("a\ud83d")).isFalse();
    assertThat(Utf8.canEncode("\ude00a")).isFalse();
    assertThat(Utf8.canEncode("\ude00\ud83d")).isFalse();
    assertThat(Utf8.bytes("\ud83da")).isEqualTo(4);
  }
}
