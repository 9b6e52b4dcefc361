package io.realmstream.model.index;

import io.realmstream.schemas.Hash128;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The edits of a cell since its last fold: at most one row a uid, sorted by uid, in packed form.
 *
 * <p>A record supersedes another of its uid when its sequence is higher; at equal sequences an
 * INSERT and a DELETE supersede each other, and nothing supersedes its own replay.
 */
record Delta(PackedBlock rows) {
  private static final int RECORDS_MAX = 64;

  private static final Comparator<PackedBlock> BY_UID =
      (left, right) -> {
        int order = Long.compareUnsigned(left.uidHigh(0), right.uidHigh(0));
        return order != 0 ? order : Long.compareUnsigned(left.uidLow(0), right.uidLow(0));
      };

  static Delta empty(int dimension, long nextVector) {
    return new Delta(PackedBlock.allocate(0, dimension, nextVector));
  }

  /** One row. */
  static Delta of(Row row) {
    long next = row.vector() + 1;
    PackedBlock block = PackedBlock.allocate(1, row.code().codes().length, next);
    block.set(0, row);
    return new Delta(block);
  }

  /** This delta with newer blocks of one row each; of those of one uid the last counts. */
  Delta with(List<PackedBlock> edits) {
    PackedBlock[] sorted = edits.toArray(PackedBlock[]::new);
    Arrays.sort(sorted, BY_UID); // which leaves those of one uid in their order
    long next = rows.nextVector();
    int count = 0;
    for (int i = 0; i < sorted.length; i++) {
      next = Math.max(next, sorted[i].nextVector());
      if (i + 1 == sorted.length || BY_UID.compare(sorted[i], sorted[i + 1]) != 0) {
        sorted[count++] = sorted[i];
      }
    }
    PackedBlock newer = PackedBlock.allocate(count, rows.dimension(), next);
    for (int i = 0; i < count; i++) {
      newer.copy(i, sorted[i], 0, 1);
    }
    return rows.count() == 0 ? new Delta(newer) : with(new Delta(newer));
  }

  /** How many rows there may be. */
  static int rowsMax(int dimension) {
    return Math.min(RECORDS_MAX, PackedBlock.capacity(dimension));
  }

  /** No row, but the vector numbers go on. */
  Delta emptied() {
    return empty(rows.dimension(), rows.nextVector());
  }

  /** The row of the uid, or minus one minus the row before which it belongs. */
  int find(Hash128 uid) {
    return find(uid.high(), uid.low());
  }

  /** {@link #find(Hash128)} by the uid's halves. */
  int find(long uidHigh, long uidLow) {
    int low = 0;
    int high = rows.count() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = Long.compareUnsigned(rows.uidHigh(middle), uidHigh);
      order = order != 0 ? order : Long.compareUnsigned(rows.uidLow(middle), uidLow);
      if (order == 0) {
        return middle;
      } else if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1 - low;
  }

  /** Whether row {@code i} supersedes a record of the same uid. */
  boolean supersedes(int i, long sequence, boolean isDelete) {
    return supersedes(rows.sequence(i), rows.isDelete(i), sequence, isDelete);
  }

  /** Whether a record supersedes row {@code i} of the same uid. */
  boolean isSuperseded(int i, long sequence, boolean isDelete) {
    return supersedes(sequence, isDelete, rows.sequence(i), rows.isDelete(i));
  }

  /** This delta with newer rows in place of their uids' old ones, or added. */
  Delta with(Delta newer) {
    int added = 0;
    for (int i = 0; i < newer.rows.count(); i++) {
      added += find(newer.rows.uidHigh(i), newer.rows.uidLow(i)) < 0 ? 1 : 0;
    }
    long next = Math.max(rows.nextVector(), newer.rows.nextVector());
    PackedBlock changed = PackedBlock.allocate(rows.count() + added, rows.dimension(), next);
    int from = 0;
    int to = 0;
    for (int i = 0; i < newer.rows.count(); i++) {
      int found = find(newer.rows.uidHigh(i), newer.rows.uidLow(i));
      int at = found < 0 ? -1 - found : found;
      changed.copy(to, rows, from, at - from);
      to += at - from;
      changed.copy(to++, newer.rows, i, 1);
      from = found < 0 ? at : at + 1;
    }
    changed.copy(to, rows, from, rows.count() - from);
    return new Delta(changed);
  }

  private static boolean supersedes(
      long sequence, boolean isDelete, long otherSequence, boolean otherIsDelete) {
    return sequence > otherSequence || (sequence == otherSequence && isDelete != otherIsDelete);
  }
}
