package io.realmstream.jobs.retriever;

/**
 * How far a version's newest partition has got.
 *
 * @param newest its number; 0 = there was none but the flat one
 * @param passages how many there were when it was trained
 * @param chunks of its centroids
 * @param chunksBefore of the centroids of the partition before it
 * @param retireAtMs with {@link Stage#SERVING}: when the one before it goes, in epoch ms
 */
public record PartitionProgress(
    Stage stage, int newest, long passages, int chunks, int chunksBefore, long retireAtMs) {
  /** What is waited for. */
  public enum Stage {
    /** The version to outgrow its newest partition. */
    GROWING,
    /** The next partition's centroids. */
    TRAINING,
    /** The newest partition's cells. */
    FILLING,
    /** Queries that may have been routed by the partition before it. */
    SERVING,
    /** Nothing: the version had its time. */
    OVER
  }

  static final PartitionProgress NONE = new PartitionProgress(Stage.GROWING, 0, 0, 0, 0, 0);

  PartitionProgress at(Stage next) {
    return new PartitionProgress(next, newest, passages, chunks, chunksBefore, retireAtMs);
  }

  PartitionProgress filling(long divided, int itsChunks) {
    return new PartitionProgress(Stage.FILLING, newest + 1, divided, itsChunks, chunks, 0);
  }

  PartitionProgress serving(long retireMs) {
    return new PartitionProgress(Stage.SERVING, newest, passages, chunks, chunksBefore, retireMs);
  }
}
