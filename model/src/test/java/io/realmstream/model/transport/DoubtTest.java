package io.realmstream.model.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DoubtTest {
  @Test
  void updaterIsAskedAtOnceAndThenWithGrowingPauses() {
    Doubt doubt = Doubt.noticed(1_000);
    assertThat(doubt.askAtMs()).isEqualTo(1_000);
    doubt = doubt.asked(1_000);
    assertThat(doubt.askAtMs()).isEqualTo(6_000);
    doubt = doubt.asked(6_000);
    assertThat(doubt.askAtMs()).isEqualTo(16_000);
  }

  @Test
  void pausesAreBounded() {
    Doubt doubt = Doubt.noticed(0);
    for (int i = 0; i < 1_000; i++) {
      doubt = doubt.asked(0);
    }
    assertThat(doubt.askAtMs()).isEqualTo(320_000);
    assertThat(doubt.asked()).isEqualTo(1_000);
  }

  @Test
  void anotherLossTakesTheRepairBack() {
    assertThat(Doubt.noticed(0).repair().again().repaired()).isFalse();
  }

  @Test
  void pauseStaysWhileARepublicationIsUnderWay() {
    Doubt doubt = Doubt.noticed(0).asked(0).later(9_000);
    assertThat(doubt.asked()).isEqualTo(1);
    assertThat(doubt.askAtMs()).isEqualTo(14_000);
  }
}
