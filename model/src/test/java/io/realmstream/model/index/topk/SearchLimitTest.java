package io.realmstream.model.index.topk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SearchLimitTest {
  @Test
  void aQuestionBeginsWithSomeVectorsBeyondKAndRoomForTheirCopies() {
    assertThat(SearchLimit.first(10)).isEqualTo(new SearchLimit(18, 144));
    assertThat(SearchLimit.first(1)).isEqualTo(new SearchLimit(9, 72));
  }

  @Test
  void twiceAsMuchIsBoundedInHits() {
    assertThat(new SearchLimit(18, 144).twice(1_000)).isEqualTo(new SearchLimit(36, 288));
    assertThat(new SearchLimit(18, 144).twice(150)).isEqualTo(new SearchLimit(36, 150));
    assertThat(new SearchLimit(100, 144).twice(150)).isEqualTo(new SearchLimit(150, 150));
    assertThat(new SearchLimit(1 << 30, 1 << 30).twice(Integer.MAX_VALUE))
        .isEqualTo(new SearchLimit(Integer.MAX_VALUE, Integer.MAX_VALUE));
  }

  @Test
  void vectorsDoubleUntilEachHitMayBeOne() {
    SearchLimit limit = new SearchLimit(18, 144);
    assertThat(limit.twice(144)).isEqualTo(new SearchLimit(36, 144));
    assertThat(limit.twice(100)).isEqualTo(new SearchLimit(36, 144));
    assertThat(limit.twice(20)).isEqualTo(new SearchLimit(20, 144));
    assertThat(new SearchLimit(100, 144).twice(144)).isEqualTo(new SearchLimit(144, 144));
  }

  @Test
  void atTheBoundAndAboveItStays() {
    SearchLimit limit = new SearchLimit(18, 144);
    assertThat(limit.twice(18)).isEqualTo(limit);
    assertThat(limit.twice(0)).isEqualTo(limit);
    assertThat(new SearchLimit(144, 144).twice(144)).isEqualTo(new SearchLimit(144, 144));
  }

  @Test
  void aBoundCutsBothNumbers() {
    assertThat(new SearchLimit(18, 144).atMost(100)).isEqualTo(new SearchLimit(18, 100));
    assertThat(new SearchLimit(18, 144).atMost(7)).isEqualTo(new SearchLimit(7, 7));
    assertThat(new SearchLimit(18, 144).atMost(144)).isEqualTo(new SearchLimit(18, 144));
  }

  @Test
  void nothingWantedAndMoreVectorsThanHitsAreRefused() {
    assertThatThrownBy(() -> new SearchLimit(0, 5)).hasMessageContaining("not 0 in 5 hits");
    assertThatThrownBy(() -> new SearchLimit(6, 5)).hasMessageContaining("not 6 in 5 hits");
  }
}
