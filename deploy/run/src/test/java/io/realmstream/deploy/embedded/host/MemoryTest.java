package io.realmstream.deploy.embedded.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryTest {
  private static final List<String> MEMINFO =
      List.of("MemTotal:        8000000 kB", "MemFree:  100 kB", "MemAvailable:    2000 kB");

  @Test
  void isWhatLinuxCallsAvailableButNoMoreThanTheContainerHas() {
    assertThat(Memory.available(MEMINFO, 1L << 40)).isEqualTo(2000L * 1024);
    assertThat(Memory.available(MEMINFO, 1024)).isEqualTo(1024);
    assertThat(Memory.available(List.of("nothing"), 77)).isEqualTo(77);
  }

  @Test
  void thisMachineHasSome() {
    assertThat(Memory.available()).isPositive();
  }
}
