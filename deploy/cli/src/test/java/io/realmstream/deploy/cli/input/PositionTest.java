package io.realmstream.deploy.cli.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {
  @Test
  void fileMayHoldColons() {
    assertThat(Position.parse("C:/a:b.jsonl:12")).isEqualTo(new Position("C:/a:b.jsonl", 12));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "a:", "a:x", ":1", "a:0", "a:-1"})
  void whatIsNoPlaceIsRefused(String text) {
    assertThatThrownBy(() -> Position.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
