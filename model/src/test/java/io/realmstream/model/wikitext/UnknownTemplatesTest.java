package io.realmstream.model.wikitext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.model.wikitext.UnknownTemplates.Count;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UnknownTemplatesTest {
  @Test
  void theMostFrequentComeFirst() {
    UnknownTemplates unknown = new UnknownTemplates(10);
    unknown.add(Map.of("b", 1, "a", 1, "c", 2));
    unknown.add(Map.of("c", 3, "d", 4));
    assertThat(unknown.top(3))
        .containsExactly(new Count("c", 5), new Count("d", 4), new Count("a", 1));
    assertThat(unknown.top(100)).hasSize(4);
  }

  @Test
  void beyondTheBoundTheRareOnesAreForgotten() {
    UnknownTemplates unknown = new UnknownTemplates(4);
    unknown.add(Map.of("frequent", 9, "often", 5));
    for (int i = 0; i < 100; i++) {
      unknown.add(Map.of("rare " + i, 1));
      assertThat(unknown.top(100)).hasSizeLessThanOrEqualTo(4);
    }
    assertThat(unknown.top(2)).containsExactly(new Count("frequent", 9), new Count("often", 5));
  }

  @Test
  void oneNameIsNoBound() {
    assertThatThrownBy(() -> new UnknownTemplates(1)).hasMessageContaining("1");
  }
}
