package io.realmstream.model.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TrunkOutputTest {
  private static final int HERE = 17;
  private static final int THERE = 18;

  @Test
  void onOnePlatformTheLastBitCounts() {
    assertThat(output(HERE, 3, 4).agreesWith(output(HERE, 3, 4))).isTrue();
    assertThat(output(HERE, 3, 4).agreesWith(output(HERE, Math.nextUp(3f), 4))).isFalse();
  }

  @Test
  void betweenPlatformsOrWithoutAKnownOneItDoesNot() {
    TrunkOutput fresh = output(HERE, Math.nextUp(3f), 4);

    assertThat(output(THERE, 3, 4).agreesWith(fresh)).isTrue();
    assertThat(output(0, 3, 4).agreesWith(fresh)).isTrue();
    assertThat(output(0, 3, 4).agreesWith(output(0, Math.nextUp(3f), 4))).isTrue();
  }

  /** A quarter of a length of 5 is 1.25. */
  @Test
  void betweenPlatformsTheDistanceIsBounded() {
    assertThat(output(THERE, 3, 4).agreesWith(output(HERE, 1.76f, 4))).isTrue();
    assertThat(output(THERE, 3, 4).agreesWith(output(HERE, 1.74f, 4))).isFalse();
    assertThat(output(HERE, 1.74f, 4).agreesWith(output(THERE, 3, 4))).isFalse();
  }

  @Test
  void whatIsWrongAgreesNowhere() {
    for (int platform : new int[] {HERE, THERE, 0}) {
      assertThat(output(platform, 4, -3).agreesWith(output(HERE, 3, 4))).isFalse();
      assertThat(output(platform, 30, 40).agreesWith(output(HERE, 3, 4))).isFalse();
      assertThat(output(platform, 0, 0).agreesWith(output(HERE, 3, 4))).isFalse();
      assertThat(output(platform, Float.NaN, 4).agreesWith(output(HERE, 3, 4))).isFalse();
      assertThat(output(platform, Float.POSITIVE_INFINITY, 4).agreesWith(output(HERE, 3, 4)))
          .isFalse();
      assertThat(output(platform, 3, 4, 0).agreesWith(output(HERE, 3, 4))).isFalse();
    }
  }

  private static TrunkOutput output(int platform, float... pooled) {
    return new TrunkOutput(pooled, false, platform);
  }
}
