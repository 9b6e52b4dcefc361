package io.realmstream.model.wikitext;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RedirectTest {
  @Test
  void aRedirectNamesItsTarget() {
    assertThat(Redirect.target("#REDIRECT [[Rome]]")).isEqualTo("Rome");
    assertThat(Redirect.target(" \n#redirect:[[Ancient_Rome#Army|the army]]\n[[Category:X]]"))
        .isEqualTo("Ancient Rome");
    assertThat(Redirect.target("#Redirect[[:Category:Rome]]")).isEqualTo("Category:Rome");
  }

  @Test
  void wordsOfOtherLanguagesCount() {
    assertThat(Redirect.target("#WEITERLEITUNG [[Rom]]")).isEqualTo("Rom");
    assertThat(Redirect.target("#перенаправление [[Рим]]")).isEqualTo("Рим");
    assertThat(Redirect.target("#転送 [[ローマ]]")).isEqualTo("ローマ");
  }

  @Test
  void otherPagesAreNone() {
    assertThat(Redirect.target("")).isNull();
    assertThat(Redirect.target("# [[Rome]]")).isNull();
    assertThat(Redirect.target("# a list with [[links]]")).isNull();
    assertThat(Redirect.target("#REDIRECT Rome")).isNull();
    assertThat(Redirect.target("#REDIRECT [[Rome")).isNull();
    assertThat(Redirect.target("#REDIRECT ]] [[")).isNull();
    assertThat(Redirect.target("#REDIRECT [[|]]")).isNull();
    assertThat(Redirect.target("Text. #REDIRECT [[Rome]]")).isNull();
  }
}
