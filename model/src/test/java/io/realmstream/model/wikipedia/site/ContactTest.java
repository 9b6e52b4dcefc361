package io.realmstream.model.wikipedia.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContactTest {
  @Test
  void mailAndPageStandInTheUserAgent() {
    assertThat(new Contact("a@example.org").userAgent()).isEqualTo("realmstream (a@example.org)");
    assertThat(new Contact("https://example.org/me").userAgent()).contains("example.org/me");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "me",
        "a@b",
        "@example.org",
        "a@example.org\nHost: x",
        "a@example.org\r",
        "a b@c.org",
        "é@example.org",
        "ftp://example.org",
        "https://",
        "(a)@example.org"
      })
  void anythingElseIsRefused(String address) {
    assertThatThrownBy(() -> new Contact(address)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void endlessContactIsRefused() {
    assertThatThrownBy(() -> new Contact("a".repeat(200) + "@example.org"))
        .hasMessageContaining("at most 200 characters");
  }
}
