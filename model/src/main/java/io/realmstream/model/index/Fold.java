package io.realmstream.model.index;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Moves the delta of a cell into its blocks.
 *
 * <p>A block's rows are never changed. A row that the delta supersedes is marked dead in the
 * directory; a block of which more than a tenth is dead, and the one block that is not full, are
 * packed anew together with the delta's inserts, into full blocks and one rest. So a fold rewrites
 * what it must and no more, at most one block is not full, and at most a tenth of the others is
 * dead.
 */
final class Fold {
  private static final int DEAD_SHARE = 10;

  private final CellStore store;
  private final Directory directory;
  private final Delta delta;
  private final Overlay overlay;
  private final List<Run> survivors = new ArrayList<>();

  /** Live rows one after the other. */
  private record Run(PackedBlock block, int first, int rows) {}

  Fold(CellStore store, Head head) {
    this.store = store;
    this.directory = head.directory();
    this.delta = head.edits();
    this.overlay = store.overlay(delta);
  }

  /** Folds, writes everything, and returns the head that remains. */
  Head run() {
    for (int number = 0; number < directory.blocks(); number++) {
      if (directory.count(number) > 0) {
        bury(number);
      }
    }
    takeInserts();
    pack();
    directory.trim();
    Head folded = new Head(directory, delta.emptied(), 0);
    store.put(folded);
    return folded;
  }

  /** Marks what the delta supersedes, and takes the block apart when it is to be packed anew. */
  private void bury(int number) {
    PackedBlock block = store.block(number);
    BitSet knownDead = directory.dead(number);
    BitSet dead = overlay.deadRows(number, block, knownDead);
    for (int i = dead.nextSetBit(0); i >= 0; i = dead.nextSetBit(i + 1)) {
      if (!knownDead.get(i)) {
        store.removeVector(block.vector(i));
      }
    }
    boolean isFull = block.count() == PackedBlock.capacity(block.dimension());
    if (isFull && dead.cardinality() * DEAD_SHARE <= block.count()) {
      directory.setDead(number, dead);
      return;
    }
    takeLive(block, dead);
    store.removeBlock(number);
    directory.free(number);
  }

  private void takeInserts() {
    BitSet dead = overlay.deadRows();
    for (int i = dead.nextSetBit(0); i >= 0; i = dead.nextSetBit(i + 1)) {
      if (!delta.rows().isDelete(i)) {
        store.removeVector(delta.rows().vector(i));
      }
    }
    takeLive(delta.rows(), dead);
  }

  private void takeLive(PackedBlock rows, BitSet dead) {
    int first = dead.nextClearBit(0);
    while (first < rows.count()) {
      int end = dead.nextSetBit(first);
      end = end < 0 ? rows.count() : end;
      survivors.add(new Run(rows, first, end - first));
      first = dead.nextClearBit(end);
    }
  }

  private void pack() {
    int left = survivors.stream().mapToInt(Run::rows).sum();
    int capacity = PackedBlock.capacity(delta.rows().dimension());
    int run = 0;
    int taken = 0; // of the run
    while (left > 0) {
      int count = Math.min(capacity, left);
      PackedBlock block = PackedBlock.allocate(count, delta.rows().dimension(), 0);
      for (int row = 0; row < count; ) {
        Run from = survivors.get(run);
        int rows = Math.min(count - row, from.rows() - taken);
        block.copy(row, from.block(), from.first() + taken, rows);
        row += rows;
        taken += rows;
        if (taken == from.rows()) {
          run++;
          taken = 0;
        }
      }
      store.putBlock(directory.add(count), block);
      left -= count;
    }
  }
}
