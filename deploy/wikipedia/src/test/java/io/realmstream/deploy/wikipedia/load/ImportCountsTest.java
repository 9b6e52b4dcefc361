package io.realmstream.deploy.wikipedia.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ImportCountsTest {
  private final ImportCounts counts = new ImportCounts();

  @Test
  void beforeTheFirstPageNothingIsExpected() {
    counts.read(500);
    assertThat(counts.pagesExpected(1_000)).isZero();
    counts.passed(500);
    counts.sent(1);
    assertThat(new ImportCounts().pagesExpected(1_000)).isZero();
  }

  @Test
  void expectedPagesFollowTheBytesOfThisRun() {
    counts.passed(1_000); // a file that was imported before
    counts.sent(10);
    counts.read(50);
    counts.sent(20);
    counts.read(50);
    assertThat(counts.pagesSent()).isEqualTo(2);
    assertThat(counts.textBytesSent()).isEqualTo(30);
    assertThat(counts.pagesExpected(2_000)).isEqualTo(20);
    counts.read(900);
    assertThat(counts.pagesExpected(2_000)).isEqualTo(2);
  }
}
