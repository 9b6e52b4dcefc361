package io.realmstream.jobs.updater;

import org.jspecify.annotations.Nullable;

/** One document that waits for its vectors, in memory; its state says all that must survive. */
final class Task {
  final Shard shard;
  final String id;

  /** Grows from task to task: a walk is complete when all tasks up to its last one are. */
  final long sequence;

  /** Kafka timestamp of the earliest edit that some version lacks; null for a rebuild. */
  @Nullable Long since;

  /**
   * The same of the earliest edit that the version lacks which answers, or will without another
   * walk; null = none.
   */
  @Nullable Long awaited;

  /** Whether it is being embedded, rather than queued. */
  boolean started;

  Task(Shard shard, String id, long sequence) {
    this.shard = shard;
    this.id = id;
    this.sequence = sequence;
  }

  boolean isEdit() {
    return awaited != null;
  }
}
