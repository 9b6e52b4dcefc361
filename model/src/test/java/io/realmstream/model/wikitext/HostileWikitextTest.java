package io.realmstream.model.wikitext;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.wikitext.source.SourceLimits;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** No input takes more work than its length allows; how long that takes is measured elsewhere. */
class HostileWikitextTest {
  private static final int LENGTH = 1 << 15;
  private static final double STEPS_PER_CHARACTER_MAX = 50;

  /** Without limits, so that the reading itself is what bounds the work. */
  private final WikitextExtractor unlimited =
      new WikitextExtractor(
          false, new SourceLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE));

  @Test
  void thereAreInputs() {
    assertThat(HostileInputs.of(100)).hasSizeGreaterThan(80);
  }

  @Test
  void twiceTheLengthIsAtMostTwoAndAHalfTimesTheWork() {
    Map<String, String> once = HostileInputs.of(LENGTH);
    Map<String, String> twice = HostileInputs.of(2 * LENGTH);
    once.forEach(
        (name, input) -> {
          long steps = unlimited.extract(input).steps();
          long twiceSteps = unlimited.extract(twice.getOrDefault(name, "")).steps();
          assertThat(twiceSteps).as(name).isLessThanOrEqualTo((long) (2.5 * steps) + 1000);
          assertThat((double) steps / LENGTH).as(name).isLessThan(STEPS_PER_CHARACTER_MAX);
        });
  }

  @Test
  void ordinaryPagesOfTheLargestSizeAreNotCut() {
    StringBuilder page = new StringBuilder();
    while (page.length() < 2_000_000) {
      Samples.all().forEach(sample -> page.append(sample.wikitext()).append("\n\n"));
      page.append("-->\n\n");
    }
    assertThat(new WikitextExtractor().extract(page.toString()).cut()).isFalse();
  }
}
