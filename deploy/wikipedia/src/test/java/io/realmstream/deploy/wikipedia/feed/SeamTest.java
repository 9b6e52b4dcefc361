package io.realmstream.deploy.wikipedia.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SeamTest {
  private static final Instant T = Instant.parse("2026-04-01T00:00:00Z");

  @Test
  void repeatedLastEventOrTheNextOneLeavesNoGap() {
    for (long offset : new long[] {3, 10, 11}) {
      assertThat(seam().before(event("a", offset, 99_999))).as("%d", offset).isNull();
    }
  }

  @Test
  void laterOffsetIsAGapSinceThePartitionsLastEvent() {
    assertThat(seam().before(event("a", 12, 500))).isEqualTo(new Gap(T, T.plusSeconds(500)));
  }

  @Test
  void eachPartitionIsCheckedOnceByItsFirstEvent() {
    Seam seam = seam();
    assertThat(seam.before(event("a", 10, 0))).isNull();
    assertThat(seam.before(event("b", 23, 9)))
        .isEqualTo(new Gap(T.plusSeconds(5), T.plusSeconds(9)));
    assertThat(seam.before(event("a", 99, 10))).isNull();
    assertThat(seam.before(event("b", 99, 10))).isNull();
  }

  @Test
  void partitionThatWasNeverSeenAndAnEventWithoutPlaceTellNothing() {
    assertThat(seam().before(event("new", 1_000, 1_000))).isNull();
    assertThat(seam().before(at(1_000))).isNull();
  }

  @Test
  void withoutOffsetsTheFirstEventsTimeDecides() {
    Position asked = Position.since(T);
    assertThat(new Seam(asked).before(at(60))).isNull();
    Seam late = new Seam(asked);
    assertThat(late.before(at(61))).isEqualTo(new Gap(T.minusSeconds(60), T.plusSeconds(61)));
    assertThat(late.before(at(900))).isNull();
    Seam inTime = new Seam(asked);
    assertThat(inTime.before(at(5))).isNull();
    assertThat(inTime.before(at(900))).isNull();
  }

  @Test
  void feedThatBeginsNowHasNoGap() {
    assertThat(new Seam(Position.since(null)).before(at(900))).isNull();
  }

  private static Seam seam() {
    return new Seam(
        new Position(
            "id",
            T.plusSeconds(5),
            Map.of("a", new Position.Last(10, T), "b", new Position.Last(20, T.plusSeconds(5)))));
  }

  private static Glance event(String partition, long offset, long seconds) {
    Glance.Place place = new Glance.Place(partition, offset);
    return new Glance("enwiki", 1L, 0, null, T.plusSeconds(seconds), false, place);
  }

  private static Glance at(long seconds) {
    return new Glance("enwiki", 1L, 0, null, T.plusSeconds(seconds), false, null);
  }
}
