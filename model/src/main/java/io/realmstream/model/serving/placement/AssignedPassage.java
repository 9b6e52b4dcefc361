package io.realmstream.model.serving.placement;

import java.util.Arrays;

/**
 * What {@code assign} remembers of a passage in one version.
 *
 * @param revision document revision that inserted it last
 * @param vector float32, one entry a dimension
 * @param partitions the trained partitions that it was sent to, ascending
 * @param cells its cell in each of them
 */
public record AssignedPassage(
    String document, long revision, float[] vector, int[] partitions, int[] cells) {
  public static final int NOWHERE = -1;

  /** The passage's cell in a trained partition; {@link #NOWHERE} when it was not sent there. */
  public int cellIn(int partition) {
    int found = Arrays.binarySearch(partitions, partition);
    return found < 0 ? NOWHERE : cells[found];
  }

  /** The same, in another revision. */
  public AssignedPassage at(long other) {
    return new AssignedPassage(document, other, vector, partitions, cells);
  }

  /** The same, also in a cell of a partition that is newer than all others. */
  public AssignedPassage alsoIn(int partition, int cell) {
    int count = partitions.length;
    int[] morePartitions = Arrays.copyOf(partitions, count + 1);
    int[] moreCells = Arrays.copyOf(cells, count + 1);
    morePartitions[count] = partition;
    moreCells[count] = cell;
    return new AssignedPassage(document, revision, vector, morePartitions, moreCells);
  }
}
