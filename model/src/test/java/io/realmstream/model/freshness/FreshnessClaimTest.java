package io.realmstream.model.freshness;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.schemas.query.FreshnessMark;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FreshnessClaimTest {
  private static final FreshnessClaim OTHER_RUN = claim(8, 3, 9_000);
  private static final FreshnessClaim FIRST = claim(7, 1, 1_000);
  private static final FreshnessClaim THIRD = claim(7, 3, 3_000);
  private static final List<FreshnessClaim> SAID = List.of(THIRD, OTHER_RUN, FIRST);

  @Test
  void markThatWasSeenNamesItsClaim() {
    assertThat(FreshnessClaim.of(SAID, mark(7, 3))).isEqualTo(THIRD);
    assertThat(FreshnessClaim.of(SAID, mark(7, 1))).isEqualTo(FIRST);
  }

  @Test
  void claimThatIsStillOnItsWayLeavesTheOneBefore() {
    assertThat(FreshnessClaim.of(SAID, mark(7, 2))).isEqualTo(FIRST);
    assertThat(FreshnessClaim.of(SAID, mark(7, 9))).isEqualTo(THIRD);
  }

  @Test
  void nothingIsClaimedOfAnotherRunNorBeforeTheFirstNorWithoutAMark() {
    assertThat(FreshnessClaim.of(SAID, mark(6, 3))).isNull();
    assertThat(FreshnessClaim.of(SAID, mark(7, 0))).isNull();
    assertThat(FreshnessClaim.of(SAID, null)).isNull();
    assertThat(FreshnessClaim.of(List.of(), mark(7, 3))).isNull();
  }

  @Test
  void claimIsKeptForAMinute() {
    assertThat(claim(7, 1, 1_000).isOver(claim(7, 2, 61_000))).isFalse();
    assertThat(claim(7, 1, 1_000).isOver(claim(7, 2, 61_001))).isTrue();
  }

  private static FreshnessClaim claim(long run, long number, long saidMs) {
    return new FreshnessClaim(mark(run, number), saidMs, List.of());
  }

  private static FreshnessMark mark(long run, long number) {
    return new FreshnessMark(run, number, Instant.ofEpochMilli(run + number));
  }
}
