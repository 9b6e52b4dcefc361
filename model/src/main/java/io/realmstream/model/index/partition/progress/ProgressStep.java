package io.realmstream.model.index.partition.progress;

import java.util.List;

/**
 * What an event makes of a version's progress.
 *
 * @param forgotten partitions of which nothing is to stay on the topic
 * @param ignored why the event changed nothing; empty when it did not
 */
public record ProgressStep(PartitionProgress next, List<Forgotten> forgotten, String ignored) {
  /** A partition of so many chunks. */
  public record Forgotten(int partition, int chunks) {}

  static ProgressStep to(PartitionProgress next, Forgotten... forgotten) {
    return new ProgressStep(next, List.of(forgotten), "");
  }

  static ProgressStep ignored(PartitionProgress same, String why) {
    return new ProgressStep(same, List.of(), why);
  }
}
