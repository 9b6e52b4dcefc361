package io.realmstream.deploy.bench.faults;

import org.jspecify.annotations.Nullable;

/** What is done to a cluster. */
enum Fault {
  /** SIGKILL to the TaskManager that has the retriever; Flink recovers by itself. */
  KILL_TASKMANAGER("TaskManagersMissing"),
  /** SIGKILL to that one and to another; then {@code realm cluster start}. */
  KILL_TWO_TASKMANAGERS("CheckpointsFail"),
  /** SIGSTOP to the TaskManager that has the retriever, and SIGCONT after a while. */
  HANG_TASKMANAGER("TaskManagersMissing"),
  /**
   * SIGKILL to the JobManager that leads; with a standby Flink recovers by itself, else {@code
   * realm cluster start}.
   */
  KILL_JOBMANAGER("JobGone"),
  /** SIGKILL to the broker; then {@code realm cluster start}. */
  KILL_BROKER("CheckpointsFail"),
  /** Records that nobody can read, on every topic. */
  POISON("DeadLetters"),
  /** Both jobs stop with a savepoint and go on with another parallelism: 1, 2, 4 in turns. */
  RESCALE(null);

  /** The alert that fires while nobody mends it; null = none. */
  private final @Nullable String alert;

  Fault(@Nullable String alert) {
    this.alert = alert;
  }

  @Nullable String alert() {
    return alert;
  }
}
