package io.realmstream.model.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.state.HeapTable;
import io.realmstream.model.transport.Doubt;
import io.realmstream.schemas.vectors.RepublicationRequest;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ShardDoubtTest {
  private static final int SHARD = 3;

  private final HeapTable<Integer, Doubt> table = new HeapTable<>();
  private final ShardDoubt doubt = new ShardDoubt(table, 16, "reporter");

  @Test
  void aLossIsNewsOnceAndAskedForAtOnce() {
    assertThat(doubt.isNone(SHARD)).isTrue();
    assertThat(doubt.ask(SHARD, false, 10)).isNull();
    assertThat(doubt.lose(SHARD, 10)).isTrue();
    assertThat(doubt.lose(SHARD, 11)).isFalse();
    RepublicationRequest request = Objects.requireNonNull(doubt.ask(SHARD, false, 11));
    assertThat(request.shard()).isEqualTo(SHARD);
    assertThat(request.by()).isEqualTo("reporter");
    assertThat(doubt.isNone(SHARD + 1)).isTrue();
  }

  @Test
  void itIsAskedAgainAfterGrowingPauses() {
    doubt.lose(SHARD, 0);
    assertThat(doubt.ask(SHARD, false, 0)).isNotNull();
    assertThat(doubt.lookAtMs(SHARD)).isEqualTo(5_000);
    assertThat(doubt.ask(SHARD, false, 4_999)).isNull();
    assertThat(doubt.ask(SHARD, false, 5_000)).isNotNull();
    assertThat(doubt.lookAtMs(SHARD)).isEqualTo(15_000);
  }

  @Test
  void nobodyAsksWhileARepublicationIsUnderWay() {
    doubt.lose(SHARD, 0);
    assertThat(doubt.ask(SHARD, true, 0)).isNull();
    assertThat(doubt.lookAtMs(SHARD)).isEqualTo(5_000);
  }

  @Test
  void itEndsOnceAWholeRepublicationHasCome() {
    doubt.lose(SHARD, 0);
    assertThat(doubt.settle(SHARD)).isFalse();
    doubt.repair(SHARD);
    assertThat(doubt.lookAtMs(SHARD)).isNull();
    assertThat(doubt.settle(SHARD)).isTrue();
    assertThat(table.isEmpty()).isTrue();
  }

  @Test
  void aLossBehindARepublicationBringsItBack() {
    doubt.lose(SHARD, 0);
    doubt.repair(SHARD);
    doubt.lose(SHARD, 1);
    assertThat(doubt.settle(SHARD)).isFalse();
  }
}
