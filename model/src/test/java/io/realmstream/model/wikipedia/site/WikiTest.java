package io.realmstream.model.wikipedia.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.model.wikipedia.ContentHash;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WikiTest {
  @Test
  void aWikipediaIsKnownByItsName() {
    assertThat(Wiki.of("enwiki", Map.of()).api()).hasToString("https://en.wikipedia.org/w/api.php");
    assertThat(Wiki.of("zh_yuewiki", Map.of()).api())
        .hasToString("https://zh-yue.wikipedia.org/w/api.php");
    assertThatThrownBy(() -> Wiki.of("wikidata", Map.of())).hasMessageContaining("wikidata");
  }

  @Test
  void anotherWikiIsNamed() {
    Map<String, String> others = Map.of("ours", "https://wiki.example.org/api.php");
    assertThat(Wiki.of("ours", others).link("Ada Lovelace", 7))
        .isEqualTo("https://wiki.example.org/index.php?title=Ada_Lovelace&oldid=7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wiki.example.org/api.php",
        "//wiki.example.org/api.php",
        "https:///api.php",
        "ftp://a/b"
      })
  void anAddressThatIsNoneOfTheWebIsRefused(String address) {
    assertThatThrownBy(() -> Wiki.of("ours", Map.of("ours", address)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aLinkTakesAnyTitle() {
    assertThat(Wiki.of("enwiki", Map.of()).link("A&B? <c>", 7))
        .isEqualTo("https://en.wikipedia.org/w/index.php?title=A%26B%3F_%3Cc%3E&oldid=7");
  }

  /** The hash of an empty page, as MediaWiki's databases have it. */
  @Test
  void aContentHashIsThatOfMediaWiki() {
    assertThat(ContentHash.of("")).isEqualTo("phoiac9h4m842xq45sp7s6u21eteeq1");
  }
}
