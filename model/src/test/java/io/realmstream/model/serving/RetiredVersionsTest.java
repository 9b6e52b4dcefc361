package io.realmstream.model.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.state.HeapTable;
import io.realmstream.model.version.EndedIndexes;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetiredVersionsTest {
  private static final int SHARD = 3;

  private final HeapTable<VersionedDocument, Integer> one = HeapTable.byText();
  private final HeapTable<VersionedDocument, Integer> other = HeapTable.byText();
  private final HeapTable<Integer, Boolean> forgetting = new HeapTable<>();
  private final HeapTable<Integer, EndedIndexes> ended = new HeapTable<>();

  @Test
  void onlyWhatEndedIsForgottenASliceAtATime() {
    fill(one, 1, RetiredVersions.SEEN_PER_SLICE);
    fill(one, 2, 5);
    fill(other, 1, 5);
    RetiredVersions retired = retired();
    assertThat(retired.forgetSome(SHARD)).isFalse();

    assertThat(retired.add(SHARD, EndedIndexes.only(1))).containsExactly(1);
    assertThat(retired.forgetSome(SHARD)).isTrue();
    assertThat(other.size()).isEqualTo(5);
    assertThat(retired.forgetSome(SHARD)).isFalse();
    assertThat(one.size()).isEqualTo(5);
    assertThat(other.isEmpty()).isTrue();
    assertThat(forgetting.isEmpty()).isTrue();
  }

  @Test
  void aRestartGoesOnAmongWhatIsLeft() {
    fill(one, 1, 2 * RetiredVersions.SEEN_PER_SLICE);
    RetiredVersions first = retired();
    first.add(SHARD, EndedIndexes.only(1));
    first.forgetSome(SHARD);
    assertThat(one.size()).isEqualTo(RetiredVersions.SEEN_PER_SLICE);

    RetiredVersions second = retired();
    while (second.forgetSome(SHARD)) {}
    assertThat(one.isEmpty()).isTrue();
  }

  private RetiredVersions retired() {
    return new RetiredVersions(forgetting, new EndedVersions(ended), List.of(one, other));
  }

  private static void fill(HeapTable<VersionedDocument, Integer> table, int version, int count) {
    for (int i = 0; i < count; i++) {
      table.put(new VersionedDocument(version, "document " + i), i);
    }
  }
}
