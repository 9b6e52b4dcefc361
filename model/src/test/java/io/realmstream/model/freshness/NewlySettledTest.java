package io.realmstream.model.freshness;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.serving.BeatPosition;
import io.realmstream.schemas.query.SettledShard;
import io.realmstream.schemas.query.SettledShards;
import java.util.List;
import org.junit.jupiter.api.Test;

class NewlySettledTest {
  private final NewlySettled settled = new NewlySettled();

  @Test
  void theNewestOfEachShardIsToldByRunAndOnlyOnce() {
    settled.add(2, new BeatPosition(7, 4));
    settled.add(0, new BeatPosition(-3, 9));
    settled.add(2, new BeatPosition(7, 5));
    settled.add(1, new BeatPosition(7, 1));
    assertThat(settled.isEmpty()).isFalse();
    assertThat(settled.take())
        .containsExactly(
            new SettledShards(-3, List.of(new SettledShard(0, 9))),
            new SettledShards(7, List.of(new SettledShard(1, 1), new SettledShard(2, 5))));
    assertThat(settled.isEmpty()).isTrue();
    assertThat(settled.take()).isNull();
  }
}
