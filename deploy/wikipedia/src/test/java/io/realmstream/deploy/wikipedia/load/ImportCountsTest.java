package io.realmstream.deploy.wikipedia.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ImportCountsTest {
  private final ImportCounts counts = new ImportCounts();

  @Test
  void beforeTheFirstPageNothingIsExpected() {
    counts.at(500);
    assertThat(counts.pagesExpected(1_000)).isZero();
  }

  @Test
  void expectedPagesFollowTheBytesBehindTheFirst() {
    counts.fileRead(1_000); // a file that was imported before
    counts.sent(10);
    counts.at(100);
    counts.sent(20);
    assertThat(counts.pagesSent()).isEqualTo(2);
    assertThat(counts.textBytesSent()).isEqualTo(30);
    assertThat(counts.pagesExpected(2_000)).isEqualTo(20);
    counts.fileRead(1_000);
    assertThat(counts.pagesExpected(2_000)).isEqualTo(2);
  }
}
