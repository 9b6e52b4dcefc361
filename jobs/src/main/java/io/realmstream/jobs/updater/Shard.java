package io.realmstream.jobs.updater;

import io.realmstream.model.version.VersionTable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A document shard of this subtask: a copy of its small states, and its tasks. */
final class Shard {
  final int number;

  /** The Flink key. */
  final Integer key;

  VersionTable table = VersionTable.EMPTY;

  /** Whether its state has never had a table. */
  boolean isNew;

  /** By version, ascending. */
  final Map<Integer, VersionWalk> walks = new TreeMap<>();

  /** By document, in order of their sequence. */
  final Map<String, Task> tasks = new LinkedHashMap<>();

  /** Live ones. */
  long documents;

  /** Whether the topic of accepted edits has nothing more for it: before, nothing is claimed. */
  boolean acceptedRead;

  /**
   * Kafka timestamp of the earliest edit that no version took so far, or that passed by a version
   * which is LATE; null = none.
   */
  @Nullable Long untakenSince;

  Shard(int number, Integer key) {
    this.number = number;
    this.key = key;
  }

  /** Whether no task up to {@code sequence} is left. */
  boolean isDoneUpTo(long sequence) {
    return tasks.isEmpty() || tasks.values().iterator().next().sequence > sequence;
  }
}
