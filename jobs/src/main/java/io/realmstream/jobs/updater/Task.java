package io.realmstream.jobs.updater;

import org.jspecify.annotations.Nullable;

/** One document that waits for its vectors, in memory; its state says all that must survive. */
final class Task {
  final Shard shard;
  final String id;

  /** Grows from task to task: a walk is complete when all tasks up to its last one are. */
  final long sequence;

  /** Kafka timestamp of the earliest edit not yet published; null for a rebuild. */
  @Nullable Long since;

  /** Whether it is being embedded, rather than queued. */
  boolean started;

  Task(Shard shard, String id, long sequence) {
    this.shard = shard;
    this.id = id;
    this.sequence = sequence;
  }

  boolean isEdit() {
    return since != null;
  }
}
