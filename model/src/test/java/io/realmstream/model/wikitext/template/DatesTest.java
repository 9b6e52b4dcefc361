package io.realmstream.model.wikitext.template;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DatesTest {
  private static Template template(String... parameters) {
    Template template = new Template();
    for (String parameter : parameters) {
      template.add(parameter);
    }
    return template;
  }

  @Test
  void aDateHasAsManyPartsAsAreGiven() {
    assertThat(Dates.date(template("1990"))).isEqualTo("1990");
    assertThat(Dates.date(template("1990", "05"))).isEqualTo("May 1990");
    assertThat(Dates.date(template("1990", "May", "4"))).isEqualTo("May 4, 1990");
    assertThat(Dates.date(template("1990-05-04"))).isEqualTo("May 4, 1990");
    assertThat(Dates.date(template("4 May 1990"))).isEqualTo("4 May 1990");
    assertThat(Dates.date(template("1990", "13", "4"))).isEqualTo("1990");
    assertThat(Dates.date(template())).isEmpty();
  }

  @Test
  void anAgeCountsFullYears() {
    assertThat(Dates.age(template("1950", "5", "1", "2000", "4", "30"))).isEqualTo("49");
    assertThat(Dates.age(template("1950", "5", "1", "2000", "5", "1"))).isEqualTo("50");
    assertThat(Dates.age(template("1950", "5", "1"))).isEmpty();
    assertThat(Dates.age(template("1950", "2", "30", "2000", "5", "1"))).isEmpty();
    assertThat(Dates.age(template("2000", "5", "1", "1950", "5", "1"))).isEmpty();
  }

  @Test
  void aDeathHasTheAgeIfTheBirthIsGiven() {
    assertThat(Dates.death(template("2001", "5", "11", "1952", "3", "11")))
        .isEqualTo("May 11, 2001 (aged 49)");
    assertThat(Dates.death(template("2001", "5"))).isEqualTo("May 2001");
  }

  @Test
  void asOfMayBeInTheMiddleOfASentence() {
    Template template = template("2020", "5");
    template.add("lc", "y");
    template.add("since", "y");
    template.add("post", ",");
    assertThat(Dates.asOf(template)).isEqualTo("since May 2020,");
    assertThat(Dates.asOf(template())).isEqualTo("As of");
  }
}
