package io.realmstream.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.HistogramStatistics;
import org.apache.flink.metrics.MeterView;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;
import org.junit.jupiter.api.Test;

class OperatorMetricsTest {
  private final RecordedMetrics recorded = new RecordedMetrics();
  private final OperatorMetrics metrics = new OperatorMetrics(recorded);

  @Test
  void everyNumberStandsUnderRealm() {
    metrics.counter("a");
    metrics.gauge("b", () -> 1);
    metrics.rate("c", () -> 1);
    metrics.histogram("d");
    assertThat(recorded.all().keySet()).containsExactly("realm.a", "realm.b", "realm.c", "realm.d");
  }

  @Test
  void oneKindOfManyStandsUnderItsLabelAndLabelsNest() {
    metrics.of("version", 7).counter("a");
    metrics.of("version", 7).of("shard", 3).counter("a");
    assertThat(recorded.all().keySet())
        .containsExactly("realm.version.7.a", "realm.version.7.shard.3.a");
  }

  @Test
  void gaugeShowsWhatIsSoWhenItIsRead() {
    AtomicLong number = new AtomicLong(1);
    metrics.gauge("a", number::get);
    number.set(5);
    assertThat(recorded.value("realm.a")).isEqualTo(5);
  }

  /** Threads that embed count beside the task's own. */
  @Test
  void counterIsOneForManyThreads() {
    assertThat(metrics.counter("a")).isInstanceOf(ThreadSafeSimpleCounter.class);
  }

  /** Flink's reporter looks at it every five seconds. */
  @Test
  void rateIsTheGrowthOfASecondOverTheLastMinute() {
    AtomicLong number = new AtomicLong(1_000_000);
    metrics.rate("a", number::get);
    MeterView rate = (MeterView) Objects.requireNonNull(recorded.all().get("realm.a"));
    for (int seconds = 0; seconds <= 60; seconds += 5) {
      rate.update();
      number.addAndGet(10);
    }
    assertThat(rate.getRate()).isEqualTo(2);
  }

  @Test
  void quantilesAreThoseOfTheLastThousandValues() {
    Histogram histogram = metrics.histogram("a");
    for (int i = 0; i < 500; i++) {
      histogram.update(1_000_000);
    }
    for (int i = 1; i <= 1_000; i++) {
      histogram.update(i);
    }
    HistogramStatistics statistics = histogram.getStatistics();
    assertThat(statistics.size()).isEqualTo(1_000);
    assertThat(statistics.getMin()).isEqualTo(1);
    assertThat(statistics.getMax()).isEqualTo(1_000);
  }
}
