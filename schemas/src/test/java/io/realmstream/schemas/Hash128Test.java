package io.realmstream.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Comparator;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class Hash128Test {
  /** Expected: {@code printf '\0\0\0\3abc' | sha256sum | cut -c1-32}, and alike for the others. */
  @Test
  void equalsAForeignSha256() {
    assertThat(Hash128.ofTexts("abc")).hasToString("d04b72a650ce0f8ce4963330a53ee283");
    assertThat(Hash128.ofTexts("ab", "c")).hasToString("f2939f903016e5bb29b1e4a61cdbd376");
    assertThat(Hash128.ofTexts("Zürich", "")).hasToString("4cce9419dba8cef7c564eb424e3d466b");
    assertThat(Hash128.ofTexts()).hasToString("e3b0c44298fc1c149afbf4c8996fb924");
  }

  @Test
  void listsOfPartsDoNotMeet() {
    assertThat(Hash128.ofTexts("ab", "c")).isNotEqualTo(Hash128.ofTexts("a", "bc"));
    assertThat(Hash128.ofTexts("ab", "")).isNotEqualTo(Hash128.ofTexts("ab"));
  }

  @Test
  void orderedAsUnsignedBytes() {
    List<Hash128> ordered =
        List.of(
            new Hash128(0, 0),
            new Hash128(0, 1),
            new Hash128(0, Long.MAX_VALUE),
            new Hash128(0, Long.MIN_VALUE),
            new Hash128(0, -1),
            new Hash128(1, 0),
            new Hash128(Long.MAX_VALUE, 0),
            new Hash128(Long.MIN_VALUE, 0),
            new Hash128(-1, -1));
    assertThat(ordered).isSorted();
    assertThat(ordered).isSortedAccordingTo(Comparator.comparing(Hash128::toString));
  }

  @Property(tries = 200, seed = "7")
  void comesBackFromBytesAndFromText(@ForAll long high, @ForAll long low) {
    Hash128 hash = new Hash128(high, low);
    assertThat(Hash128.fromBytes(hash.toBytes(), 0)).isEqualTo(hash);
    assertThat(Hash128.parse(hash.toString())).isEqualTo(hash);
    assertThat(hash.toString()).matches("[0-9a-f]{32}");
  }

  @Test
  void refusesWhatIsNot32HexadecimalDigits() {
    assertThatIllegalArgumentException().isThrownBy(() -> Hash128.parse("00"));
    assertThatIllegalArgumentException().isThrownBy(() -> Hash128.parse("0".repeat(33)));
    assertThatIllegalArgumentException().isThrownBy(() -> Hash128.parse("g".repeat(32)));
  }
}
