package io.realmstream.jobs.updater.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.jobs.RecordedMetrics;
import io.realmstream.model.updating.build.BuildProgress.Numbers;
import io.realmstream.schemas.document.Outcome;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.metrics.MeterView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UpdaterMetricsTest {
  private final RecordedMetrics recorded = new RecordedMetrics();
  private final UpdaterMetrics metrics = new UpdaterMetrics(new OperatorMetrics(recorded));

  @ParameterizedTest
  @EnumSource(Outcome.class)
  void documentCountsUnderItsOutcomeAlone(Outcome outcome) {
    metrics.count(outcome);
    metrics.count(outcome);
    for (Outcome any : Outcome.values()) {
      String name = "realm.outcome." + any.name().toLowerCase(Locale.ROOT) + ".documents";
      assertThat(recorded.value(name)).isEqualTo(any == outcome ? 2 : 0);
    }
  }

  @Test
  void whatIsNoOutcomeHasACounterOfItsOwn() {
    metrics.countPendingRepeat();
    metrics.countSelfCheckFailed();
    metrics.countSelfCheckFailed();
    for (int i = 0; i < 3; i++) {
      metrics.countRepublished();
    }
    assertThat(recorded.value("realm.pendingRepeatsIgnored")).isEqualTo(1);
    assertThat(recorded.value("realm.selfChecksFailed")).isEqualTo(2);
    assertThat(recorded.value("realm.documentsRepublished")).isEqualTo(3);
  }

  @Test
  void versionShowsHowFarItIsWhenItIsRead() {
    AtomicReference<Numbers> numbers = new AtomicReference<>(Numbers.NONE);
    metrics.version(7, numbers::get);
    numbers.set(new Numbers(60, 40, 20, System.currentTimeMillis() - 5_000));
    assertThat(recorded.value("realm.version.7.documentsDone")).isEqualTo(60);
    assertThat(recorded.value("realm.version.7.documentsLeft")).isEqualTo(40);
    assertThat(recorded.value("realm.version.7.secondsLeft")).isEqualTo(20);
    assertThat(recorded.value("realm.version.7.sinceProgressMs")).isBetween(5_000L, 60_000L);
    String perSecond = "realm.version.7.documentsDonePerSecond";
    MeterView rate = (MeterView) Objects.requireNonNull(recorded.all().get(perSecond));
    rate.update();
    assertThat(rate.getRate()).isEqualTo(1);
  }

  @Test
  void oldestEditIsUnknownUntilItWasLookedFor() {
    assertThat(recorded.value("realm.oldestEditMs")).isEqualTo(-1);
    metrics.oldest(null);
    assertThat(recorded.value("realm.oldestEditMs")).as("none waits").isZero();
    metrics.oldest(System.currentTimeMillis() - 5_000);
    assertThat(recorded.value("realm.oldestEditMs")).isBetween(5_000L, 60_000L);
  }

  @Test
  void runSaysWhichCheckpointItBeganWith() {
    metrics.restored(17);
    assertThat(recorded.value("realm.restoredCheckpoint")).isEqualTo(17);
  }

  @Test
  void eachVersionHasNumbersOfItsOwn() {
    metrics.version(7, () -> new Numbers(1, 2, 3, 0));
    metrics.version(8, () -> new Numbers(4, 5, 6, 0));
    assertThat(recorded.value("realm.version.7.documentsDone")).isEqualTo(1);
    assertThat(recorded.value("realm.version.7.sinceProgressMs")).as("never").isEqualTo(-1);
    assertThat(recorded.value("realm.version.8.documentsDone")).isEqualTo(4);
  }
}
