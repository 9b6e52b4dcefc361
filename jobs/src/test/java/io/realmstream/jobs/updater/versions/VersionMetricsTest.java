package io.realmstream.jobs.updater.versions;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.jobs.RecordedMetrics;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.version.VersionEntry;
import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.version.VersionState;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class VersionMetricsTest {
  private final RecordedMetrics recorded = new RecordedMetrics();
  private final VersionMetrics numbers = new VersionMetrics(new OperatorMetrics(recorded));

  @Test
  void eachVersionShowsItsStateUntilItIsForgotten() {
    numbers.show(table(entry(1, VersionState.ACTIVE), entry(2, VersionState.BUILDING)));
    assertThat(recorded.value("realm.version.1.state")).isEqualTo(4);
    assertThat(recorded.value("realm.version.2.state")).isEqualTo(1);

    numbers.show(table(entry(2, VersionState.REFUSED)));
    assertThat(recorded.value("realm.version.1.state")).isZero();
    assertThat(recorded.value("realm.version.2.state")).isEqualTo(6);
  }

  @Test
  void versionThatWasOverAtTheStartShowsNothing() {
    numbers.show(table(entry(1, VersionState.RETIRED), entry(2, VersionState.ACTIVE)));

    assertThat(recorded.all()).containsOnlyKeys("realm.version.2.state", "realm.versions");
  }

  @Test
  void numberOfVersionsIsUnknownUntilTheLogIsRead() {
    assertThat(recorded.value("realm.versions")).isEqualTo(-1);
    numbers.show(VersionTable.EMPTY);
    assertThat(recorded.value("realm.versions")).isZero();
    numbers.show(table(entry(1, VersionState.RETIRED), entry(2, VersionState.ACTIVE)));
    assertThat(recorded.value("realm.versions")).isEqualTo(2);
  }

  private static VersionTable table(VersionEntry... entries) {
    return new VersionTable(List.of(entries), List.of());
  }

  private static VersionEntry entry(int version, VersionState state) {
    return new VersionEntry(
        version,
        version,
        state,
        true,
        DefaultCheckpoints.minilm(),
        null,
        Instant.EPOCH,
        Instant.EPOCH);
  }
}
