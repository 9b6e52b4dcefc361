package io.realmstream.model.wikitext.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PatternTest {
  private static String render(String pattern, String... parameters) {
    Template template = new Template();
    for (String parameter : parameters) {
      template.add(parameter);
    }
    template.add("named", "N");
    return new Pattern(pattern, Words.shipped()).render(template);
  }

  @Test
  void theFirstParameterThatIsThereCounts() {
    assertThat(render("a {1} b", "x")).isEqualTo("a x b");
    assertThat(render("{2|named|1}", "x")).isEqualTo("N");
    assertThat(render("{2|1}", "x", "")).isEqualTo("x");
    assertThat(render("{3}", "x")).isEmpty();
  }

  @Test
  void optionalPartsNeedTheirParameters() {
    assertThat(render("{1}[ ({2}[, {3}])]", "x")).isEqualTo("x");
    assertThat(render("{1}[ ({2}[, {3}])]", "x", "y")).isEqualTo("x (y)");
    assertThat(render("{1}[ ({2}[, {3}])]", "x", "y", "z")).isEqualTo("x (y, z)");
    assertThat(render("{1}[ ({2}[, {3}])]", "x", "", "z")).isEqualTo("x");
  }

  @Test
  void listsGiveWords() {
    assertThat(render("[{1:language}: ]{2}", "fr", "Rome")).isEqualTo("French: Rome");
    assertThat(render("[{1:language}: ]{2}", "xx", "Rome")).isEqualTo("Rome");
    assertThat(render("{1:country|1}", "ITA")).isEqualTo("Italy");
    assertThat(render("{1:country|1}", "Italy")).isEqualTo("Italy");
    assertThat(render("{1:number} {2:ordinal}", "1000", "3")).isEqualTo("1,000 3rd");
  }

  @Test
  void allParametersAreJoined() {
    assertThat(render("{2.., }", "a", "b", "", "c")).isEqualTo("b, c");
    assertThat(render("{1..\\n* }", "a", "b")).isEqualTo("a\n* b");
  }

  @Test
  void escapedBracketsAreText() {
    assertThat(render("\\[{1}\\] \\{\\}\\s", "a")).isEqualTo("[a] {} ");
  }

  @Test
  void aPatternThatIsNoneIsAnError() {
    assertThatThrownBy(() -> render("{1")).hasMessageContaining("{1");
    assertThatThrownBy(() -> render("[{1}")).hasMessageContaining("[{1}");
    assertThatThrownBy(() -> render("{1:nothing}")).hasMessageContaining("nothing");
  }
}
