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
  private final List<Survivor> survivors = new ArrayList<>();

  private record Survivor(PackedBlock block, int row) {}

  Fold(CellStore store, Delta delta) {
    this.store = store;
    this.directory = store.directory();
    this.delta = delta;
    this.overlay = store.overlay(delta);
  }

  /** Folds, writes everything, and returns the empty delta that remains. */
  Delta run() {
    for (int number = 0; number < directory.blocks(); number++) {
      if (directory.count(number) > 0) {
        bury(number);
      }
    }
    takeInserts();
    pack();
    directory.trim();
    store.putDirectory(directory);
    Delta empty = Delta.empty(delta.rows().dimension(), delta.rows().nextVector());
    store.putDelta(empty);
    return empty;
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
    for (int i = dead.nextClearBit(0); i < rows.count(); i = dead.nextClearBit(i + 1)) {
      survivors.add(new Survivor(rows, i));
    }
  }

  private void pack() {
    int capacity = PackedBlock.capacity(delta.rows().dimension());
    for (int start = 0; start < survivors.size(); start += capacity) {
      int count = Math.min(capacity, survivors.size() - start);
      PackedBlock block = PackedBlock.allocate(count, delta.rows().dimension(), 0);
      for (int i = 0; i < count; i++) {
        Survivor survivor = survivors.get(start + i);
        block.copy(i, survivor.block(), survivor.row(), 1);
      }
      store.putBlock(directory.add(count), block);
    }
  }
}
