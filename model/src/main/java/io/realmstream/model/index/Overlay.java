package io.realmstream.model.index;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A delta laid over the blocks, one block after the other: says which rows of a block it hides, and
 * learns on the way which of its own rows a block has outdated.
 *
 * <p>Most uids of a block are not in the delta: a small bit filter turns them away for a nanosecond
 * each.
 */
final class Overlay {
  private static final int FILTER_BITS = 1 << 14;

  private final Delta delta;
  private final BitSet filter = new BitSet(FILTER_BITS);
  private final BitSet outdated = new BitSet();

  /** What was found out of each block, by its number. */
  private final List<@Nullable BitSet> deadByBlock = new ArrayList<>();

  Overlay(Delta delta) {
    this.delta = delta;
    for (int i = 0; i < delta.rows().count(); i++) {
      filter.set(filterBit(delta.rows(), i));
    }
  }

  /**
   * The rows of a block that are dead: those known as dead and those that the delta supersedes. Not
   * to be changed. Remembered, so that a block is looked through once for each state of the delta.
   */
  BitSet deadRows(int number, PackedBlock block, BitSet knownDead) {
    if (delta.rows().count() == 0) {
      return knownDead;
    }
    BitSet known = number < deadByBlock.size() ? deadByBlock.get(number) : null;
    if (known != null) {
      return known;
    }
    BitSet dead = lookThrough(block, knownDead);
    while (deadByBlock.size() <= number) {
      deadByBlock.add(null);
    }
    deadByBlock.set(number, dead);
    return dead;
  }

  /** The delta's own rows that no search may find, once every block was looked at. */
  BitSet deadRows() {
    BitSet dead = (BitSet) outdated.clone();
    for (int i = 0; i < delta.rows().count(); i++) {
      if (delta.rows().isDelete(i)) {
        dead.set(i);
      }
    }
    return dead;
  }

  private BitSet lookThrough(PackedBlock block, BitSet knownDead) {
    BitSet dead = (BitSet) knownDead.clone();
    for (int i = 0; i < block.count(); i++) {
      if (filter.get(filterBit(block, i)) && !knownDead.get(i) && hides(block, i)) {
        dead.set(i);
      }
    }
    return dead;
  }

  private boolean hides(PackedBlock block, int i) {
    int found = delta.find(block.uidHigh(i), block.uidLow(i));
    if (found < 0) {
      return false;
    }
    boolean hidden = delta.supersedes(found, block.sequence(i), false);
    outdated.set(found, !hidden);
    return hidden;
  }

  private static int filterBit(PackedBlock rows, int i) {
    return (int) rows.uidHigh(i) & (FILTER_BITS - 1);
  }
}
