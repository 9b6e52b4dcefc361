package io.realmstream.model.updating.backlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.updating.HeapShard;
import org.junit.jupiter.api.Test;

class TaskTest {
  private static final long RESTART = 100;

  private final Task task = new Task(HeapShard.empty(0), "a", 1);

  @Test
  void rebuildIsWholeInEveryVersion() {
    assertThat(task.isWhole(1, Long.MIN_VALUE)).isTrue();
    assertThat(task.isEdit()).isFalse();
  }

  @Test
  void editIsWholeOnlyIfItWasReadBeforeTheRestart() {
    task.since = RESTART;
    assertThat(task.isWhole(1, RESTART)).as("at the border").isFalse();
    assertThat(task.isWhole(1, RESTART + 1)).isTrue();
  }

  @Test
  void documentIsWholeInTheVersionsThatPublishItOnceMoreAndInNoOther() {
    task.since = RESTART;
    task.republishIn().add(2);

    assertThat(task.isWhole(2, RESTART)).isTrue();
    assertThat(task.isWhole(1, RESTART)).isFalse();
  }

  @Test
  void editThatNobodyWaitsForAnyMoreIsNoneButKeepsItsTime() {
    task.since = RESTART;
    task.awaited = RESTART;
    assertThat(task.isEdit()).isTrue();

    task.awaited = null;
    assertThat(task.isEdit()).isFalse();
    assertThat(task.isWhole(1, RESTART)).isFalse();
  }
}
