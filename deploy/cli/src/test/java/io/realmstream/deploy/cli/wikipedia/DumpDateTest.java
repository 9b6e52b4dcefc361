package io.realmstream.deploy.cli.wikipedia;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.deploy.cli.CommandFailure;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DumpDateTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "enwiki-20260401-pages-articles-multistream.xml.bz2",
        "enwiki-2026-04-01-p1p9999.xml.bz2",
        "20200101/enwiki_20260401.json.gz"
      })
  void dateIsTheBeginOfTheDayInTheName(String name) {
    assertThat(DumpDate.of(Path.of(name))).isEqualTo(Instant.parse("2026-04-01T00:00:00Z"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"enwiki-latest.xml.bz2", "enwiki-20261332.xml", "p120260401p5.xml"})
  void nameWithoutADateIsAUsageError(String name) {
    assertThatThrownBy(() -> DumpDate.of(Path.of(name)))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("--date is missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1989-12-31T23:59:59Z", "2100-01-01T00:00:00Z", "+10000-01-01T00:00:00Z"})
  void dateThatTheFollowerWouldRefuseIsAUsageError(String date) {
    assertThatThrownBy(() -> DumpDate.checked(Instant.parse(date)))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("--date must be from 1990 to 2099");
  }

  @Test
  void firstDateInTheNameCounts() {
    assertThat(DumpDate.of(Path.of("enwiki-2026-04-01-p20250101p20250202.xml")))
        .isEqualTo(Instant.parse("2026-04-01T00:00:00Z"));
  }
}
