package io.realmstream.model.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class WalkTest {
  private static final int ENTRIES = 300;

  private final HeapTable<Integer, Boolean> table = new HeapTable<>();

  @Test
  void emptyTableHasNoStep() {
    assertThat(new Walk<>(table).next()).isNull();
  }

  @Test
  void everyKeyIsSeenOnce() {
    fill();
    assertThat(rest(new Walk<>(table))).hasSize(ENTRIES).doesNotHaveDuplicates();
  }

  /**
   * What a plain iterator would do: the reason for the class, and proof that the table is nasty.
   */
  @Test
  void plainIteratorLosesAKey() {
    fill();
    Iterator<Integer> keys = table.keys();
    for (int i = 0; i < 10; i++) {
      keys.next();
    }
    table.remove(HeapTable.AHEAD - 1);
    List<Integer> seen = new ArrayList<>();
    keys.forEachRemaining(seen::add);
    assertThat(seen).doesNotContain(HeapTable.AHEAD);
  }

  @Test
  void everyKeyRemovedAtEveryRestLosesNoOther() {
    for (int rest = 0; rest <= ENTRIES; rest++) {
      for (int victim = 0; victim < ENTRIES; victim++) {
        fill();
        Walk<Integer> walk = new Walk<>(table);
        List<Integer> seen = steps(walk, rest);
        table.remove(victim);
        seen.addAll(rest(walk));
        assertThat(seen)
            .as("rest after %d, removed %d", rest, victim)
            .hasSize(victim < rest ? ENTRIES : ENTRIES - 1)
            .doesNotHaveDuplicates();
      }
    }
  }

  @Test
  void randomChangesAtEveryRestLoseNoKeyThatStands() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      fill();
      TreeSet<Integer> standing = new TreeSet<>(rest(new Walk<>(table)));
      Walk<Integer> walk = new Walk<>(table);
      List<Integer> seen = new ArrayList<>();
      for (Integer key = walk.next(); key != null; key = walk.next()) {
        assertThat(table.contains(key)).as("seed %d", seed).isTrue();
        seen.add(key);
        for (int change = random.nextInt(4); change > 0; change--) {
          int changed = random.nextInt(ENTRIES);
          if (random.nextInt(3) == 0) {
            table.put(ENTRIES + random.nextInt(ENTRIES), true);
          } else {
            table.remove(changed);
            standing.remove(changed);
          }
        }
      }
      assertThat(seen).as("seed %d", seed).doesNotHaveDuplicates().containsAll(standing);
    }
  }

  private void fill() {
    for (int i = 0; i < ENTRIES; i++) {
      table.put(i, true);
    }
  }

  private static List<Integer> steps(Walk<Integer> walk, int count) {
    List<Integer> seen = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      seen.add(walk.next());
    }
    return seen;
  }

  private static List<Integer> rest(Walk<Integer> walk) {
    List<Integer> seen = new ArrayList<>();
    for (Integer key = walk.next(); key != null; key = walk.next()) {
      seen.add(key);
    }
    return seen;
  }
}
