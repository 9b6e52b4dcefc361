package io.realmstream.model.learning.live;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReadTimesTest {

  @Test
  void aTimeIsReadWhenEachPartitionThatCarriesDocumentsHasReachedIt() {
    ReadTimes times = ReadTimes.NONE.behind(0, 20).behind(1, 9);
    assertThat(times.isRead(5)).isFalse(); // nobody has said how many there are
    times = times.told(2, 9);
    assertThat(times.isRead(9)).isTrue();
    assertThat(times.isRead(10)).isFalse();
    assertThat(times.behind(1, 10).isRead(10)).isTrue();
  }

  @Test
  void timesNeverGoBack() {
    ReadTimes times = ReadTimes.NONE.behind(1, 20).told(2, 20);
    assertThat(times.behind(1, 7)).isEqualTo(times);
    assertThat(times.told(5, 19)).isEqualTo(times);
    assertThat(times.of(0)).isEqualTo(Long.MIN_VALUE);
    assertThat(times.of(7)).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void anAddedPartitionIsWaitedForFromItsFirstRecordOn() {
    ReadTimes times = ReadTimes.NONE.behind(0, 1_000_000).told(1, 1_000_000);
    assertThat(times.isRead(1_000_000)).isTrue();
    times = times.behind(0, 1_000_010).told(2, 1_000_010);
    assertThat(times.isRead(1_000_005)).isFalse();
    assertThat(times.behind(1, 1_000_006).isRead(1_000_005)).isTrue();
  }

  /** A recreated topic may have fewer; a stranger's heartbeat may have said that there are more. */
  @Test
  void aPartitionThatCarriesNothingMoreIsNotWaitedFor() {
    ReadTimes times = ReadTimes.NONE.behind(0, 30).behind(1, 10).told(64, 10);
    assertThat(times.isRead(20)).isFalse();
    assertThat(times.told(1, 30).isRead(20)).isTrue();
  }

  @Test
  void windowsEndAtTheMultiplesOfTheirLength() {
    assertThat(ReadTimes.endMs(0, 10)).isEqualTo(10);
    assertThat(ReadTimes.endMs(9, 10)).isEqualTo(10);
    assertThat(ReadTimes.endMs(10, 10)).isEqualTo(20);
    assertThat(ReadTimes.endMs(-1, 10)).isEqualTo(0);
    assertThat(ReadTimes.endMs(Long.MAX_VALUE, 10)).isEqualTo(Long.MAX_VALUE);
  }
}
