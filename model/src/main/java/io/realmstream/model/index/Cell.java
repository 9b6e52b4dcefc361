package io.realmstream.model.index;

import io.realmstream.schemas.Hash128;
import java.util.BitSet;

/** One cell of one version of the index, over a block store. */
public final class Cell {
  private final int dimension;
  private final CellStore store;

  /**
   * Opens a cell; a new one needs nothing written first. Holds nothing but the store, so opening is
   * free.
   *
   * @throws IllegalArgumentException when not even one row of that dimension fits a block
   */
  public Cell(CellId id, int dimension, BlockStore store) {
    if (dimension < 1 || PackedBlock.capacity(dimension) < 1) {
      throw new IllegalArgumentException("no index of dimension " + dimension);
    }
    this.dimension = dimension;
    this.store = new CellStore(id, dimension, store);
  }

  /**
   * Inserts a passage, or replaces it. Ignored when the delta holds a record of the uid that this
   * one does not supersede.
   *
   * @throws IllegalArgumentException when the vector has another dimension than the cell, or an
   *     entry that is NaN or infinite
   */
  public void insert(IndexEntry entry) {
    requireDimension("vector", entry.vector());
    Int8Code code = Int8Code.of(entry.vector());
    Delta delta = deltaWithRoom(entry.uid());
    int found = delta.find(entry.uid());
    if (found >= 0 && !delta.isSuperseded(found, entry.sequence(), false)) {
      return;
    }
    boolean reuse = found >= 0 && !delta.rows().isDelete(found);
    long vector = reuse ? delta.rows().vector(found) : delta.rows().nextVector();
    store.putVector(vector, entry.vector());
    store.putDelta(
        delta.with(new Row(entry.uid(), entry.sequence(), vector, entry.documentShard(), code)));
  }

  /**
   * Deletes a passage if its sequence is not higher than the given one; unknown uids are remembered
   * as deleted until the next fold.
   */
  public void delete(Hash128 uid, long sequence) {
    Delta delta = deltaWithRoom(uid);
    int found = delta.find(uid);
    if (found >= 0 && !delta.isSuperseded(found, sequence, true)) {
      return;
    }
    if (found >= 0 && !delta.rows().isDelete(found)) {
      store.removeVector(delta.rows().vector(found));
    }
    Int8Code zero = Int8Code.of(new float[dimension]);
    store.putDelta(delta.with(new Row(uid, sequence, PackedBlock.DELETED, 0, zero)));
  }

  /**
   * The best {@code k} live passages by exact score, ties by smaller uid: what a plain loop over
   * all of them finds.
   *
   * @param query float32, of the cell's dimension, finite
   * @throws IllegalArgumentException for another dimension, an entry that is NaN or infinite, or
   *     {@code k} below 1
   */
  public SearchResult search(float[] query, int k) {
    requireDimension("query", query);
    if (k < 1) {
      throw new IllegalArgumentException("k must be at least 1, not " + k);
    }
    Delta delta = store.delta();
    Directory directory = store.directory();
    Overlay overlay = new Overlay(delta);
    Search search = new Search(query, Math.min(k, rows(delta, directory)));
    for (int number = 0; number < directory.blocks(); number++) {
      if (directory.count(number) > 0) {
        PackedBlock block = store.block(number);
        search.scan(block, overlay.deadRows(block, directory.dead(number)));
      }
    }
    BitSet dead = overlay.deadRows();
    search.scan(delta.rows(), dead);
    return search.best(store::vector);
  }

  private Delta deltaWithRoom(Hash128 uid) {
    Delta delta = store.delta();
    return delta.isFull() && delta.find(uid) < 0 ? new Fold(store, delta).run() : delta;
  }

  /** At least 1, at most the rows that there are, dead or alive: no search finds more. */
  private static int rows(Delta delta, Directory directory) {
    int rows = delta.rows().count();
    for (int number = 0; number < directory.blocks(); number++) {
      rows += directory.count(number);
    }
    return Math.max(1, rows);
  }

  private void requireDimension(String what, float[] vector) {
    if (vector.length != dimension) {
      throw new IllegalArgumentException(
          "the %s has %d dimensions, the cell %d".formatted(what, vector.length, dimension));
    }
  }
}
