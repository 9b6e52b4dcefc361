package io.realmstream.model.wikitext.template;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NumbersTest {
  @Test
  void thousandsAreDividedByCommas() {
    assertThat(Numbers.grouped("999")).isEqualTo("999");
    assertThat(Numbers.grouped("1000")).isEqualTo("1,000");
    assertThat(Numbers.grouped("-1234567.8901")).isEqualTo("-1,234,567.8901");
    assertThat(Numbers.grouped("-123")).isEqualTo("-123");
    assertThat(Numbers.grouped("1,000")).isEqualTo("1,000");
    assertThat(Numbers.grouped("1000 or so")).isEqualTo("1000 or so");
  }

  @Test
  void ordinalsKnowTheTeens() {
    assertThat(Numbers.ordinal("1")).isEqualTo("1st");
    assertThat(Numbers.ordinal("12")).isEqualTo("12th");
    assertThat(Numbers.ordinal("22")).isEqualTo("22nd");
    assertThat(Numbers.ordinal("103")).isEqualTo("103rd");
    assertThat(Numbers.ordinal("10")).isEqualTo("10th");
    assertThat(Numbers.ordinal("first")).isEqualTo("first");
  }

  @Test
  void whatATemplateTakesForANumber() {
    assertThat(Numbers.isNumber("5")).isTrue();
    assertThat(Numbers.isNumber("1,234.5")).isTrue();
    assertThat(Numbers.isNumber("5+1/2")).isTrue();
    assertThat(Numbers.isNumber("km")).isFalse();
    assertThat(Numbers.isNumber("")).isFalse();
  }

  @Test
  void aValueHasUncertaintyPowerAndUnit() {
    Template template = new Template();
    template.add("12345.6");
    template.add("+0.2");
    template.add("-0.1");
    template.add("e", "5");
    template.add("u", "kg");
    template.add("up", "s");
    assertThat(Numbers.value(template)).isEqualTo("12,345.6+0.2-0.1×10^5 kg/s");
  }
}
