package io.realmstream.model.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.state.HeapTable;
import io.realmstream.model.version.EndedIndexes;
import org.junit.jupiter.api.Test;

class EndedVersionsTest {
  private final HeapTable<Integer, EndedIndexes> table = new HeapTable<>();
  private final EndedVersions ended = new EndedVersions(table);

  @Test
  void whatEndsIsNewsOnce() {
    assertThat(ended.add(3, EndedIndexes.only(2))).containsExactly(2);
    assertThat(ended.add(3, EndedIndexes.only(2))).isEmpty();
    assertThat(ended.contains(3, 2)).isTrue();
    assertThat(ended.contains(3, 1)).isFalse();
  }

  @Test
  void shardsAreApart() {
    ended.add(3, EndedIndexes.only(2));
    assertThat(ended.contains(4, 2)).isFalse();
  }

  @Test
  void aRestartKnowsTheSame() {
    ended.add(3, EndedIndexes.only(2));
    assertThat(new EndedVersions(table).contains(3, 2)).isTrue();
  }
}
