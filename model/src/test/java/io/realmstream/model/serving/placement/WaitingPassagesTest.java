package io.realmstream.model.serving.placement;

import static io.realmstream.model.serving.Edits.SHARD;
import static io.realmstream.model.serving.Edits.uid;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.serving.VersionedPassage;
import io.realmstream.model.state.HeapTable;
import io.realmstream.schemas.Hash128;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WaitingPassagesTest {
  private static final Hash128 EDIT = new Hash128(9, 9);

  private final HeapTable<VersionedPassage, Hash128> table = HeapTable.byText();
  private final WaitingPassages waiting = new WaitingPassages(table);

  @Test
  void thoseWhoseVersionIsNotAwaitedAreTaken() {
    waiting.add(new VersionedPassage(1, uid(1)), EDIT);
    waiting.add(new VersionedPassage(2, uid(2)), EDIT);
    Map<VersionedPassage, Hash128> taken = waiting.take(SHARD, 10, 10, version -> version == 1);
    assertThat(taken).containsExactly(Map.entry(new VersionedPassage(2, uid(2)), EDIT));
    assertThat(waiting.hasMore(SHARD)).isFalse();
    assertThat(table.size()).isEqualTo(1);
  }

  @Test
  void aSliceTakesSomeAndTheNextTheRest() {
    for (int i = 0; i < 5; i++) {
      waiting.add(new VersionedPassage(1, uid(i)), EDIT);
    }
    assertThat(waiting.take(SHARD, 3, 10, version -> false)).hasSize(3);
    assertThat(waiting.hasMore(SHARD)).isTrue();
    assertThat(waiting.take(SHARD, 3, 10, version -> false)).hasSize(2);
    assertThat(waiting.hasMore(SHARD)).isFalse();
  }

  @Test
  void whatWasLookedAtIsLookedAtAgainWhenLessIsAwaited() {
    waiting.add(new VersionedPassage(1, uid(1)), EDIT);
    assertThat(waiting.take(SHARD, 10, 10, version -> true)).isEmpty();
    assertThat(waiting.take(SHARD, 10, 10, version -> false)).isEmpty();
    waiting.lookAgain();
    assertThat(waiting.take(SHARD, 10, 10, version -> false)).hasSize(1);
  }
}
