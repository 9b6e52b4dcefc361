package io.realmstream.schemas.document;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProvenanceTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://en.wikipedia.org/w/index.php?title=Ada_Lovelace&oldid=7",
        "HTTPS://example.org",
        "https://de.wikipedia.org/wiki/Größe",
        "https://[::1]:8443/a#b"
      })
  void httpsAddressesOfAHostAreFit(String link) {
    assertThat(new Provenance(link, null, null).hasFitLink()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "http://example.org/",
        "javascript:alert(1)",
        "https:",
        "https:example.org",
        "https:///path",
        "https://who@example.org/",
        "//example.org/",
        "https://example.org/a b",
        "https://example.org/\n",
        " https://example.org/",
        "data:text/html,https://example.org/"
      })
  void othersAreNot(String link) {
    assertThat(new Provenance(link, null, null).hasFitLink()).isFalse();
  }

  @Test
  void aLinkHasAtMost2048Bytes() {
    String start = "https://example.org/";
    String most = start + "a".repeat(2048 - start.length());
    assertThat(new Provenance(most, null, null).hasFitLink()).isTrue();
    assertThat(new Provenance(most + "a", null, null).hasFitLink()).isFalse();
    assertThat(new Provenance(start + "é".repeat(1014), null, null).hasFitLink()).isTrue();
    assertThat(new Provenance(start + "é".repeat(1015), null, null).hasFitLink()).isFalse();
  }

  @Test
  void noLinkIsFitAndTheRestStaysWithoutOne() {
    Source page = new Source("enwiki", 1, 2, null);
    assertThat(Provenance.NONE.hasFitLink()).isTrue();
    assertThat(new Provenance("x", "CC BY-SA 4.0", page).withoutLink())
        .isEqualTo(new Provenance(null, "CC BY-SA 4.0", page));
  }
}
