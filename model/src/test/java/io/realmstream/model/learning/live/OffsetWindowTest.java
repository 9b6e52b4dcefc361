package io.realmstream.model.learning.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.learning.live.OffsetWindow.Mark;
import org.junit.jupiter.api.Test;

class OffsetWindowTest {

  @Test
  void aWindowIsReadWhenEachPartitionHasReachedItsEnd() {
    OffsetWindow window = OffsetWindow.first(10);
    assertThat(window.isRead()).isFalse();
    window = window.behind(new Mark(0, 10, 2));
    assertThat(window.isRead()).isFalse();
    window = window.behind(new Mark(1, 9, 2));
    assertThat(window.isRead()).isFalse();
    window = window.behind(new Mark(1, 10, 2));
    assertThat(window.isRead()).isTrue();
    assertThat(window.next(10).isRead()).isFalse();
    assertThat(window.next(10).end()).isEqualTo(20);
  }

  /** A restore repeats marks, and a beat of another run may know of fewer partitions. */
  @Test
  void nothingGoesBack() {
    OffsetWindow window =
        OffsetWindow.first(10).behind(new Mark(1, 12, 2)).behind(new Mark(0, 11, 1));
    assertThat(window.reached()).containsExactly(11L, 12L);
    assertThat(window.behind(new Mark(1, 3, 2))).isEqualTo(window);
  }
}
