package io.realmstream.model.wikitext.template;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MeasuresTest {
  private final Measures measures = new Measures(Words.shipped());

  private static Template template(String... parameters) {
    Template template = new Template();
    for (String parameter : parameters) {
      int equals = parameter.indexOf('=');
      if (equals < 0) {
        template.add(parameter);
      } else {
        template.add(parameter.substring(0, equals), parameter.substring(equals + 1));
      }
    }
    return template;
  }

  @Test
  void theUnitStandsInWordsOrAsSymbol() {
    assertThat(measures.words(template("10", "km2", "sqmi"))).isEqualTo("10 square kilometres");
    assertThat(measures.words(template("10", "km2", "abbr=on"))).isEqualTo("10 km2");
    assertThat(measures.symbols(template("10", "km2"))).isEqualTo("10 km2");
    assertThat(measures.symbols(template("10", "m", "abbr=off"))).isEqualTo("10 metres");
    assertThat(measures.words(template("1", "ft"))).isEqualTo("1 foot");
    assertThat(measures.words(template("10", "wombat"))).isEqualTo("10 wombat");
    assertThat(measures.words(template("10", "lb/sqft"))).isEqualTo("10 pounds per square foot");
  }

  @Test
  void rangesAndTwoUnitsStayTogether() {
    assertThat(measures.words(template("10", "-", "20", "km"))).isEqualTo("10–20 kilometres");
    assertThat(measures.words(template("2", "x", "4", "in"))).isEqualTo("2 × 4 inches");
    assertThat(measures.words(template("5", "ft", "10", "in"))).isEqualTo("5 feet 10 inches");
    assertThat(measures.words(template("852", "m", "ft", "0"))).isEqualTo("852 metres");
  }

  @Test
  void anAdjectiveHasOneUnitAndHyphens() {
    assertThat(measures.words(template("10", "sqmi", "adj=on"))).isEqualTo("10-square-mile");
    assertThat(measures.words(template("10", "ft", "m", "-long", "adj=mid")))
        .isEqualTo("10-foot-long");
    assertThat(measures.words(template("10", "metre", "sp=us"))).isEqualTo("10 meters");
    assertThat(measures.words(template("10", "km", "disp=number"))).isEqualTo("10");
  }

  @Test
  void nothingIsNoError() {
    assertThat(measures.words(template())).isEmpty();
    assertThat(measures.words(template("10"))).isEqualTo("10");
  }
}
