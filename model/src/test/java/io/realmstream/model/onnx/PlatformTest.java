package io.realmstream.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlatformTest {
  private static final List<String> SERVER =
      List.of(
          "processor\t: 0",
          "vendor_id\t: GenuineIntel",
          "cpu family\t: 6",
          "model\t\t: 143",
          "model name\t: A server",
          "cpu MHz\t\t: 2000.000",
          "flags\t\t: fpu sse2 fma avx2 avx512_vnni ibrs",
          "");

  @Test
  void speedNumberOfProcessorsAndFlagsOfTheKernelDoNotCount() {
    List<String> faster =
        List.of(
            "processor\t: 1",
            "vendor_id\t: GenuineIntel",
            "cpu family\t: 6",
            "model\t\t: 143",
            "model name\t: A server",
            "cpu MHz\t\t: 3000.000",
            "flags\t\t: sse2 fma avx2 avx512_vnni md_clear fpu");

    assertThat(number(faster)).isEqualTo(number(SERVER));
  }

  @Test
  void modelAndInstructionsCount() {
    assertThat(number(replaced("143", "106"))).isNotEqualTo(number(SERVER));
    assertThat(number(replaced(" avx512_vnni", ""))).isNotEqualTo(number(SERVER));
    assertThat(number(replaced("GenuineIntel", "Other"))).isNotEqualTo(number(SERVER));
  }

  @Test
  void armHasOtherNames() {
    List<String> arm =
        List.of("Features\t: fp asimd crc32", "CPU implementer\t: 0x41", "CPU part\t: 0xd0c");
    List<String> later =
        List.of("Features\t: fp asimd i8mm", "CPU implementer\t: 0x41", "CPU part\t: 0xd0c");

    assertThat(Platform.kind(arm)).contains("asimd", "CPU part 0xd0c").doesNotContain("crc32");
    assertThat(number(arm)).isNotEqualTo(number(later));
  }

  @Test
  void versionOfTheRuntimeCounts() {
    assertThat(Platform.number("a", "1.28.0")).isNotEqualTo(Platform.number("a", "1.29.0"));
  }

  @Test
  void thisMachineHasOneNumber() {
    assertThat(Platform.here()).isEqualTo(Platform.here()).isNotZero();
  }

  private static int number(List<String> cpuInfo) {
    return Platform.number(Platform.kind(cpuInfo), "1.28.0");
  }

  private static List<String> replaced(String what, String by) {
    return SERVER.stream().map(line -> line.replace(what, by)).toList();
  }
}
