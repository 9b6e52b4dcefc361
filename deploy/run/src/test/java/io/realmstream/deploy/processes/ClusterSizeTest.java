package io.realmstream.deploy.processes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterSizeTest {
  /** All tasks must fit into all TaskManagers but one. */
  @ParameterizedTest
  @CsvSource({"1, 2, 2", "2, 2, 2", "3, 2, 1", "2, 8, 8", "3, 8, 4", "4, 8, 3"})
  void oneOfSeveralTaskManagersMayBeLost(int taskManagers, int tasks, int slots) {
    assertThat(new ClusterSize(false, taskManagers, null, tasks).slots()).isEqualTo(slots);
  }
}
