package io.realmstream.model.learning.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HeldOutTest {

  @Test
  void oneDocumentInTenIsHeldOut() {
    long held = IntStream.range(0, 10_000).filter(i -> HeldOut.contains("document " + i)).count();
    assertThat(held).isBetween(900L, 1_100L);
  }
}
