package io.realmstream.deploy.cli.evaluate.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HtmlTest {
  @Test
  void textAndAttributesAreEscaped() {
    String page =
        Html.document("<title>", "p { color: red; }")
            .element("p", "</p><script>alert('1' & \"2\")</script>", "class", "\"><script>")
            .end();

    assertThat(page)
        .startsWith("<!DOCTYPE html>")
        .contains("<title>&lt;title&gt;</title>")
        .contains("&lt;/p&gt;&lt;script&gt;alert('1' &amp; \"2\")&lt;/script&gt;")
        .contains("class=\"&quot;&gt;&lt;script&gt;\"")
        .doesNotContain("<script");
  }

  @Test
  void charactersThatHtmlCannotSayAreReplaced() {
    String page = Html.document("t", "").text("a\u0000b\u001b[31m\ud800c\uffff\r\td👍").end();
    assertThat(page).contains("a\ufffdb\ufffd[31m\ufffdc\ufffd\ufffd\td👍");
  }

  @Test
  void textOfSomebodyElseKeepsItsDirectionToItself() {
    assertThat(Html.document("t", "").foreign("\u202eevil").end())
        .contains("<bdi>\u202eevil</bdi>");
  }

  @Test
  void openElementsAreClosedAtTheEnd() {
    assertThat(Html.document("t", "").open("div").open("p").text("x").end())
        .endsWith("<div><p>x</p></div></body></html>");
  }

  @Test
  void pageFetchesNothing() {
    assertThat(Html.document("t", "").end())
        .contains("content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\"");
  }
}
