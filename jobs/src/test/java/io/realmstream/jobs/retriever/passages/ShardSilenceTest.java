package io.realmstream.jobs.retriever.passages;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.jobs.RecordedMetrics;
import org.junit.jupiter.api.Test;

class ShardSilenceTest {
  private final RecordedMetrics recorded = new RecordedMetrics();
  private long nowMs = 10_000;

  private final ShardSilence silence =
      new ShardSilence(2, () -> nowMs, new OperatorMetrics(recorded));

  @Test
  void quietestShardCounts() {
    silence.hear(4, 10_000);
    silence.hear(5, 10_000);
    nowMs = 13_000;
    silence.hear(5, 13_000);

    assertThat(recorded.value("realm.silentMs")).isEqualTo(3_000);
  }

  @Test
  void silenceIsUnknownUntilEveryShardWasHeard() {
    assertThat(recorded.value("realm.silentMs")).isEqualTo(-1);
    silence.hear(4, 10_000);
    silence.hear(4, 11_000);
    assertThat(recorded.value("realm.silentMs")).isEqualTo(-1);
    silence.hear(5, 11_000);
    nowMs = 11_500;
    assertThat(recorded.value("realm.silentMs")).isEqualTo(500);
  }
}
