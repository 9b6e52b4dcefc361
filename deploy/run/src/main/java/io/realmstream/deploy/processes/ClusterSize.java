package io.realmstream.deploy.processes;

import org.jspecify.annotations.Nullable;

/**
 * How large a cluster is.
 *
 * @param standby whether a second JobManager takes over from one that is lost
 * @param taskManagers how many, 1 or more
 * @param memory of each TaskManager as Flink writes it, for instance 2g; null = as it ships
 * @param tasks slots that all jobs take together
 */
public record ClusterSize(boolean standby, int taskManagers, @Nullable String memory, int tasks) {
  int jobManagers() {
    return standby ? 2 : 1;
  }

  /** Processes of Flink. */
  int processes() {
    return jobManagers() + taskManagers;
  }

  /** Slots of each TaskManager: if one is lost, the others have room for all tasks. */
  int slots() {
    int others = Math.max(1, taskManagers - 1);
    return (tasks + others - 1) / others;
  }
}
