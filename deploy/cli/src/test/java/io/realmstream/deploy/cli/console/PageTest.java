package io.realmstream.deploy.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PageTest {
  @Test
  void valuesStandBelowEachOther() {
    Page page = new Page(2, 5);
    page.line("%s %%", "100");
    page.entry("a", "%,d", 1_000_000);
    page.entry("", "%.1f", 0.25);
    page.entry("longer", "%s", "100 %");
    assertThat(page.toString().lines())
        .containsExactly("100 %", "  a      1,000,000", "         0.3", "  longer  100 %");
    assertThat(page.toString()).doesNotEndWith("\n");
    assertThat(new Page(0, 1).toString()).isEmpty();
  }

  @Test
  void columnsLeaveOutWhatIsNotThere() {
    assertThat(Page.columns(1, null, "b c", "", 2.5)).isEqualTo("1  b c    2.5");
    assertThat(Page.columns()).isEmpty();
  }
}
