package io.realmstream.deploy.bench.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.deploy.cli.CommandFailure;
import org.junit.jupiter.api.Test;

class UpdaterCountersTest {
  private static final String PREFIX = "flink_taskmanager_job_task_operator_realm_";

  @Test
  void subtasksAreAddedUpAndOtherMetricsLeftOut() {
    String metrics =
        sample("passagesEmbedded", 0, "12.0")
            + sample("passagesEmbedded", 1, "30.0")
            + sample("passagesEmbeddedPerSecond", 0, "5.5")
            + sample("passagesReprojected", 0, "3.0")
            + sample("passagesReused", 0, "1.0E7")
            + sample("passagesChecked", 0, "0.0");
    assertThat(UpdaterCounters.parse(metrics)).isEqualTo(new UpdaterCounters(42, 3, 10_000_000, 0));
  }

  @Test
  void differencesAreThoseOfEachCounter() {
    UpdaterCounters before = new UpdaterCounters(1, 2, 3, 4);
    UpdaterCounters after = new UpdaterCounters(11, 22, 33, 44);
    assertThat(after.since(before)).isEqualTo(new UpdaterCounters(10, 20, 30, 40));
  }

  @Test
  void aCounterThatIsMissingIsNotZero() {
    assertThatThrownBy(() -> UpdaterCounters.parse(sample("passagesEmbedded", 0, "12.0")))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("passagesReprojected");
  }

  private static String sample(String name, int subtask, String value) {
    return "%s%s{job_name=\"KnowledgeUpdater\",operator_name=\"documents\",subtask_index=\"%d\",} %s\n"
        .formatted(PREFIX, name, subtask, value);
  }
}
