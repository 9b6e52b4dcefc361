package io.realmstream.model.wikitext.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.wikitext.draft.Mark;
import org.junit.jupiter.api.Test;

class TemplateTest {
  @Test
  void parametersHaveNumbersOrNames() {
    Template template = new Template();
    template.add(" a ");
    template.add("name", " b ");
    template.add("c");
    assertThat(template.plain(1)).isEqualTo("a");
    assertThat(template.plain("name")).isEqualTo("b");
    assertThat(template.plain("2")).isEqualTo("c");
    assertThat(template.plain(3)).isEmpty();
    assertThat(template.unnamedCount()).isEqualTo(2);
  }

  @Test
  void theLaterOfTwoCounts() {
    Template template = new Template();
    template.add("a");
    template.add("1", "b");
    assertThat(template.plain(1)).isEqualTo("b");
  }

  @Test
  void marksAreNoPartOfAPlainParameter() {
    Template template = new Template();
    template.add(Mark.BOLD + "5" + Mark.BOLD);
    template.add("df", "Yes");
    assertThat(template.plain(1)).isEqualTo("5");
    assertThat(template.marked("1")).hasSize(3);
    assertThat(template.is("df", "y", "yes")).isTrue();
    assertThat(template.is("mf", "y", "yes")).isFalse();
  }
}
