package io.realmstream.deploy.bench.faults;

/** What is done to a cluster. */
enum Fault {
  /** SIGKILL to the TaskManager that has the retriever; Flink recovers by itself. */
  KILL_TASKMANAGER,
  /** SIGKILL to that one and to another; then {@code realm cluster start}. */
  KILL_TWO_TASKMANAGERS,
  /** SIGSTOP to the TaskManager that has the retriever, and SIGCONT after a while. */
  HANG_TASKMANAGER,
  /** SIGKILL to the JobManager; then {@code realm cluster start}. */
  KILL_JOBMANAGER,
  /** SIGKILL to the broker; then {@code realm cluster start}. */
  KILL_BROKER,
  /** Records that nobody can read, on every topic. */
  POISON
}
