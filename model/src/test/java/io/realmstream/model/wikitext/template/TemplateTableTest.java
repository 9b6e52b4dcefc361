package io.realmstream.model.wikitext.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.model.wikitext.facts.FactFile;
import io.realmstream.model.wikitext.template.TemplateTable.Rule;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TemplateTableTest {
  private final TemplateTable table =
      new TemplateTable(
          FactFile.parse("a, b_c = A\na/2 = A2\nlang-* = {*:language}\n* needed =\nd = @date"));

  private String text(String name, int unnamed) {
    Rule rule = Objects.requireNonNull(table.rule(name, unnamed));
    return rule.text(new Template());
  }

  @Test
  void namesAndTheNumberOfParametersDecide() {
    assertThat(text("a", 1)).isEqualTo("A");
    assertThat(text("a", 2)).isEqualTo("A2");
    assertThat(text(Template.key(" B_c "), 0)).isEqualTo("A");
    assertThat(table.rule("c", 0)).isNull();
    assertThat(table.rule("", 0)).isNull();
  }

  @Test
  void aStarStandsForAnyLetters() {
    assertThat(text("lang-fr", 1)).isEqualTo("French");
    assertThat(table.rule("source needed", 0)).isSameAs(TemplateTable.NOTHING);
  }

  @Test
  void aNameThatOccursTwiceIsAnError() {
    assertThatThrownBy(() -> new TemplateTable(FactFile.parse("a = x\nA = y")))
        .hasMessageContaining("a");
  }

  @Test
  void aFunctionThatDoesNotExistIsAnError() {
    assertThatThrownBy(() -> new TemplateTable(FactFile.parse("a = @nothing")))
        .hasMessageContaining("@nothing");
  }

  @Test
  void namesAreComparedAsMediaWikiDoes() {
    assertThat(Template.key("Template:Foo__bar  baz ")).isEqualTo("foo bar baz");
  }
}
