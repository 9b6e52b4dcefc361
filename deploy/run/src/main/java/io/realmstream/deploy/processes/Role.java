package io.realmstream.deploy.processes;

import java.util.Locale;

/** What a process of a cluster is; in the order in which they start. */
public enum Role {
  BROKER,
  /** Where JobManagers agree on who leads, if there are two. */
  ZOOKEEPER,
  JOBMANAGER,
  TASKMANAGER;

  /** As {@code start.sh} takes it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
