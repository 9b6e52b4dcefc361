package io.realmstream.model.index.partition.progress;

import io.realmstream.model.index.partition.PartitionEvent;
import io.realmstream.model.index.partition.PartitionHead;

/** What happens to a version that moves its division on. */
public sealed interface ProgressEvent {
  /**
   * Passages came or went.
   *
   * @param passages how many there are now
   * @param least from how many on a version is divided
   */
  record Counted(long passages, long least) implements ProgressEvent {}

  /** A training is through; its centroids are on their way to the topic. */
  record Trained(PartitionHead head) implements ProgressEvent {}

  /** A training ended without an outcome: an error, or too little memory. In epoch ms. */
  record Failed(long nowMs) implements ProgressEvent {}

  /** There was nothing to train from. */
  record NothingToTrain() implements ProgressEvent {}

  /** The topic holds a command of a run whose state is lost. */
  record Heard(PartitionEvent command) implements ProgressEvent {}

  /**
   * All cell shards hold all that there was to bring into a partition.
   *
   * @param retireAtMs when no query can be under way any more that was routed by the one before
   */
  record Filled(int partition, long retireAtMs) implements ProgressEvent {}

  /** Time has passed; in epoch ms. */
  record Passed(long nowMs) implements ProgressEvent {}

  /**
   * The version had its time.
   *
   * @param forgetAtMs when nobody can speak of it any more; in epoch ms
   */
  record Ended(long forgetAtMs) implements ProgressEvent {}
}
