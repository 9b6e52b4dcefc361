package io.realmstream.model.index;

import io.realmstream.model.index.topk.SearchLimit;
import io.realmstream.model.index.topk.SearchResult;
import io.realmstream.model.index.vector.Int8Code;
import io.realmstream.model.index.vector.QueryCode;
import io.realmstream.schemas.Hash128;
import java.util.BitSet;
import java.util.List;

/**
 * One cell of one version of the index, over a block store: exact search at int8 cost.
 *
 * <h2>The certificate</h2>
 *
 * A vector is kept twice: as int8 codes, packed by the hundred into blocks that a search reads from
 * end to end, and as float32, read only for the few passages whose score is wanted exactly. The
 * codes give a score and, by Cauchy-Schwarz, a radius around it that holds the exact score whatever
 * the data ({@link QueryCode} has the formula; every rounding in it goes outward). So a search
 * knows an upper and a lower bound for every passage. It drops those that have k better ones for
 * certain, fetches the rest in the order of their upper bounds, and stops when the next upper bound
 * is below the k-th exact score. What was not fetched cannot belong to the result: it equals that
 * of a plain loop over all vectors, ties included.
 *
 * <h2>What is stored</h2>
 *
 * <pre>
 *   key              value                                      written by
 *   HEAD 0           the directory, the edits: Head             a fold; each edit appends half a KiB
 *   VECTOR number    one float32 vector: StoredVector           the insert, once
 *   BLOCK number     at most 60 KiB of packed rows: PackedBlock a fold, never changed
 * </pre>
 *
 * The store has no ranges, so a search must know what to read: the head tells. A get costs as much
 * as 100 to 250 scanned codes, so edits since the last fold are not values of their own: they are
 * <b>appended</b> to the head, half a KiB each, and the store lays them behind it when it is read
 * or when it rewrites its files, which it does anyway. Only the codes are written so: the float32
 * vector, four times as long, is written once under a number of its own and stays there through
 * every fold until its passage dies. One vector a value and not a page of eight, because re-scoring
 * fetches them one by one, out of order.
 *
 * <p>The block of a cell that has no other could stand in the head, too, and one get read all of
 * such a cell. It was tried: without the heap, searches were as fast as with two gets, for the
 * store copies the block once more when edits are to be laid behind it, and edits took twice as
 * long, for each reads the head.
 *
 * <h2>Which record wins</h2>
 *
 * A record's sequence is its document's revision. Of two records of a uid the higher sequence wins;
 * of an INSERT and a DELETE of equal sequence the one that comes later: several edits may have one
 * revision, and the third bring back what the second took away. A record equal in uid, sequence and
 * kind is a replay and changes nothing. So the records of one delta give the same cell however they
 * are shuffled and repeated, as long as a uid has one record a sequence. A fold forgets deletes: an
 * INSERT older than a DELETE that was folded away comes back. Its source must therefore deliver the
 * records of a uid in order; when it is rewound, everything after the rewound point comes again,
 * the DELETE too, and the cell ends up right.
 *
 * <h2>Folding</h2>
 *
 * The 65th uid (or the one for which a block has no room, or the 17th of a cell of one block, which
 * is soon rewritten) first folds the edits into the blocks, as {@link Fold} says. A dead row stays
 * in its block, marked in the directory, until a tenth of that block is dead: rewriting the whole
 * cell at each fold would cost a cell of 6,000 vectors 40 KiB an edit, rewriting the blocks that
 * need it costs about 2. Between folds a search lays the delta over the blocks ({@link Overlay}).
 *
 * <h2>What it holds</h2>
 *
 * Nothing: {@link Cells}, which opens it, holds on the heap what there is room for, in the form in
 * which it is stored; so a restored store is a restored index. Not thread-safe.
 */
public final class Cell {
  private final int dimension;
  private final CellStore store;

  Cell(CellStore store) {
    this.dimension = store.dimension();
    this.store = store;
  }

  /**
   * Inserts a passage, or replaces it. Ignored when the delta holds a record of the uid that this
   * one does not supersede.
   *
   * @throws IllegalArgumentException when the vector has another dimension than the cell, or an
   *     entry that is NaN or infinite
   */
  public void insert(IndexEntry entry) {
    requireDimension("vector", entry.vector().length);
    Int8Code code = Int8Code.of(entry.vector());
    Head head = headWithRoom(entry.uid());
    Delta edits = head.edits();
    int found = edits.find(entry.uid());
    if (found >= 0 && !edits.isSuperseded(found, entry.sequence(), false)) {
      return;
    }
    boolean reuse = found >= 0 && !edits.rows().isDelete(found);
    long vector = reuse ? edits.rows().vector(found) : edits.rows().nextVector();
    store.putVector(vector, entry.vector());
    append(head, new Row(entry.uid(), entry.sequence(), vector, entry.documentShard(), code));
  }

  /**
   * Deletes a passage if its sequence is not higher than the given one; unknown uids are remembered
   * as deleted until the next fold.
   */
  public void delete(Hash128 uid, long sequence) {
    Head head = headWithRoom(uid);
    Delta edits = head.edits();
    int found = edits.find(uid);
    if (found >= 0 && !edits.isSuperseded(found, sequence, true)) {
      return;
    }
    if (found >= 0 && !edits.rows().isDelete(found)) {
      store.removeVector(edits.rows().vector(found));
    }
    append(head, new Row(uid, sequence, PackedBlock.DELETED, 0, Int8Code.zero(dimension)));
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
    return search(query, SearchLimit.ofHits(k));
  }

  /** The best live passages by exact score that are within the limit. */
  SearchResult search(float[] query, SearchLimit limit) {
    Search search = new Search(query, limit);
    scan(List.of(search));
    return search.best();
  }

  /**
   * Takes searches through all live passages, four of them at a time; each gives its hits when it
   * is asked for its best.
   *
   * @throws IllegalArgumentException for a query of another dimension
   */
  public void scan(List<Search> searches) {
    searches.forEach(search -> requireDimension("query", search.dimension()));
    Head head = store.head();
    Directory directory = head.directory();
    Overlay overlay = store.overlay(head.edits());
    for (int number = 0; number < directory.blocks(); number++) {
      if (directory.count(number) > 0) {
        PackedBlock block = store.block(number);
        Search.scan(
            searches, store, block, overlay.deadRows(number, block, directory.dead(number)));
      }
    }
    PackedBlock edits = head.edits().rows();
    if (edits.count() > 0) {
      Search.scan(searches, store, edits, overlay.deadRows());
    }
  }

  /**
   * Forgets a part of the cell; once everything is forgotten no value of it is left in the store.
   * In between, searches find what is still there.
   *
   * @param blocksMax how many blocks to forget at most, their vectors with them
   * @return whether anything is left
   */
  public boolean clear(int blocksMax) {
    Head head = store.head();
    Directory directory = head.directory();
    int cleared = 0;
    for (int number = 0; number < directory.blocks(); number++) {
      if (directory.count(number) == 0) {
        continue;
      }
      if (cleared == blocksMax) {
        store.put(head);
        return true;
      }
      removeVectors(store.block(number), directory.dead(number));
      store.removeBlock(number);
      directory.free(number);
      cleared++;
    }
    removeVectors(head.edits().rows(), new BitSet());
    store.removeHead();
    return false;
  }

  /** Those of dead rows were removed when a fold buried them. */
  private void removeVectors(PackedBlock rows, BitSet dead) {
    for (int i = dead.nextClearBit(0); i < rows.count(); i = dead.nextClearBit(i + 1)) {
      if (!rows.isDelete(i)) {
        store.removeVector(rows.vector(i));
      }
    }
  }

  private Head headWithRoom(Hash128 uid) {
    Head head = store.head();
    return head.isFull() && head.edits().find(uid) < 0 ? new Fold(store, head).run() : head;
  }

  private void append(Head head, Row row) {
    store.append(head, Delta.of(row));
  }

  private void requireDimension(String what, int length) {
    if (length != dimension) {
      throw new IllegalArgumentException(
          "the %s has %d dimensions, the cell %d".formatted(what, length, dimension));
    }
  }
}
