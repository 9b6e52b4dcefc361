package io.realmstream.deploy.client.status;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SilentWikisTest {
  @Test
  void aMomentOfSilenceIsNothingToSay() {
    assertThat(SilentWikis.words(0, 100)).isEmpty();
    assertThat(SilentWikis.words(30_000, 100)).isEmpty();
  }

  @Test
  void aLongSilenceIsSaidWithWhatWaits() {
    assertThat(SilentWikis.words(3_720_000, 1_234))
        .containsExactly(
            "a wiki has not answered for 1 h 2 min; texts that wait: 1,234; deletions go on");
  }
}
