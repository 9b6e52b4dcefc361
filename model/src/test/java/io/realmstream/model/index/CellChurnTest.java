package io.realmstream.model.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.index.store.BlockKey;
import io.realmstream.model.index.store.CellId;
import io.realmstream.model.index.store.MapBlockStore;
import io.realmstream.model.index.vector.VectorFamily;
import io.realmstream.schemas.Hash128;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Inserts, replacements, deletes, replays and reorderings, against an index that forgets nothing.
 */
class CellChurnTest {
  private static final CellId ID = new CellId(4, 2, 0);
  private static final String SEED = "20260101";

  /** Blocks of 10 rows: folds every 10 edits, and many blocks. */
  private static final int WIDE = 6_000;

  /** Blocks of 1,204 rows: one block, into which each 17th new uid folds sixteen edits. */
  private static final int NARROW = 3;

  private record Edit(Hash128 uid, long sequence, boolean isDelete) {}

  @Property(tries = 40, seed = SEED)
  void churnEqualsTheOracleAndAFreshIndex(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 400) int uids) {
    checkChurn(new Random(seed), uids, NARROW, 1_500);
  }

  @Property(tries = 10, seed = SEED)
  void churnOverManyBlocksEqualsTheOracleAndAFreshIndex(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int uids) {
    checkChurn(new Random(seed), uids, WIDE, 250);
  }

  @Property(tries = 40, seed = SEED)
  void everyOrderOfTheEditsOfOneDeltaGivesTheSame(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int uids) {
    Random random = new Random(seed);
    List<Edit> edits = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      edits.add(edit(random, uids, random.nextInt(6)));
    }
    PlainIndex plain = new PlainIndex();
    Cell inOrder = new Cells(new MapBlockStore(), 0).cell(ID, NARROW);
    edits.forEach(edit -> apply(edit, NARROW, inOrder, plain));
    Collections.shuffle(edits, random);
    Cell shuffled = new Cells(new MapBlockStore(), 0).cell(ID, NARROW);
    edits.forEach(edit -> apply(edit, NARROW, shuffled, new PlainIndex()));

    checkSearches(random, NARROW, inOrder, plain);
    checkSearches(random, NARROW, shuffled, plain);
  }

  /** Edits in order of their sequence, with rewinds to an earlier edit, as after a failure. */
  private void checkChurn(Random random, int uids, int dimension, int count) {
    List<Edit> edits = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      edits.add(edit(random, uids, i));
    }
    PlainIndex plain = new PlainIndex();
    MapBlockStore store = new MapBlockStore();
    Cell cell = new Cells(store, 0).cell(ID, dimension);
    int next = 0;
    while (next < count) {
      int first = Math.max(0, next - random.nextInt(100));
      int last = Math.min(count, next + 1 + random.nextInt(100));
      edits.subList(first, last).forEach(edit -> apply(edit, dimension, cell, plain));
      next = last;
      checkSearches(random, dimension, cell, plain);
      checkStateIsBounded(store, dimension, plain.live().size());
    }
    Cell fresh = new Cells(new MapBlockStore(), 0).cell(ID, dimension);
    plain.live().forEach(fresh::insert);
    checkSearches(random, dimension, fresh, plain);
  }

  /** One of three is a delete, the same one whenever uid and sequence are. */
  private static Edit edit(Random random, int uids, long sequence) {
    int uid = random.nextInt(uids);
    boolean isDelete = new SplittableRandom(uid * 1_000_003L + sequence).nextInt(3) == 0;
    return new Edit(new Hash128(uid, 1), sequence, isDelete);
  }

  private static void apply(Edit edit, int dimension, Cell cell, PlainIndex plain) {
    if (edit.isDelete) {
      cell.delete(edit.uid, edit.sequence);
      plain.delete(edit.uid, edit.sequence);
      return;
    }
    IndexEntry entry =
        new IndexEntry(edit.uid, edit.sequence, (int) edit.sequence, vector(edit, dimension));
    cell.insert(entry);
    plain.insert(entry);
  }

  /** A function of uid and sequence alone, like a real passage's, and different for each. */
  private static float[] vector(Edit edit, int dimension) {
    Random random = new Random(edit.uid.high() * 1_000_003 + edit.sequence);
    return VectorFamily.GAUSSIAN.vector(random, dimension);
  }

  private static void checkSearches(Random random, int dimension, Cell cell, PlainIndex plain) {
    for (int k : new int[] {1, 4, 1_000}) {
      float[] query = VectorFamily.GAUSSIAN.vector(random, dimension);
      assertThat(cell.search(query, k).hits()).isEqualTo(plain.search(query, k));
    }
  }

  /**
   * At the last fold at most 64 more passages lived than now; of the full blocks a tenth may be
   * dead, and one block is not full.
   */
  private static void checkStateIsBounded(MapBlockStore store, int dimension, int live) {
    int capacity = PackedBlock.capacity(dimension);
    int rows = 0;
    int vectors = 0;
    for (var stored : store.values().entrySet()) {
      int values = stored.getValue().size();
      if (stored.getKey().kind() == BlockKey.VECTOR) {
        assertThat(values).isEqualTo(1);
        vectors++;
      } else if (stored.getKey().kind() == BlockKey.BLOCK) {
        assertThat(values).isEqualTo(1);
        rows += new PackedBlock(ByteBuffer.wrap(stored.getValue().get(0))).count();
      } else {
        assertThat(values).isLessThanOrEqualTo(1 + 64);
      }
    }
    assertThat(rows).isLessThanOrEqualTo((live + 64) * 10 / 9 + capacity);
    assertThat(vectors).isLessThanOrEqualTo(live + 2 * 64);
    assertThat(store.values()).hasSizeLessThanOrEqualTo(vectors + 2 + rows * 10 / capacity);
  }
}
