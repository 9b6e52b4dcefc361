package io.realmstream.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.schemas.Hash128;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class PassageIdentityTest {
  /** Expected values by sha256sum over each part behind its length in four bytes, cut at 16. */
  @Test
  void identitiesAreThoseOfThePublishedFormula() {
    String format = PassageIdentity.inputFormat(DefaultCheckpoints.e5().documentTower());
    Hash128 contentHash = PassageIdentity.contentHash(format, "Zürich", "A city.");

    assertThat(format).isEqualTo("title=TEXT tokens=288 prefix=passage: ");
    assertThat(contentHash).hasToString("e9db698998ce4a5480197bccc4baa9c6");
    assertThat(PassageIdentity.uid("düc", contentHash))
        .hasToString("7956ad634c74f2e9222810232c90f207");
  }

  @Test
  void textThatMovesFromTitleToBodyIsAnotherContent() {
    assertThat(PassageIdentity.contentHash("f", "ab", "c"))
        .isNotEqualTo(PassageIdentity.contentHash("f", "a", "bc"));
  }

  @Test
  void inputFormatIsTheSameInEveryLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(PassageIdentity.inputFormat(DefaultCheckpoints.minilm().documentTower()))
          .isEqualTo("title=TEXT tokens=256 prefix=");
    } finally {
      Locale.setDefault(before);
    }
  }
}
