package io.realmstream.model.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

class DirectoryTest {
  @Test
  void aNewCellHasNoBlocks() {
    assertThat(new Directory(null).blocks()).isZero();
    assertThat(new Directory(null).toBytes()).isEmpty();
  }

  @Test
  void countsAndDeadRowsAreReadAsWritten() {
    Directory directory = new Directory(null);
    directory.add(8);
    directory.add(1_253);
    directory.add(9);
    BitSet dead = new BitSet();
    dead.set(0);
    dead.set(1_252);
    directory.setDead(1, dead);

    Directory read = new Directory(directory.toBytes());
    assertThat(directory.toBytes()).hasSize(3 * 2 + 1 + 157 + 2);
    assertThat(read.blocks()).isEqualTo(3);
    assertThat(read.count(1)).isEqualTo(1_253);
    assertThat(read.dead(0).isEmpty()).isTrue();
    assertThat(read.dead(1).stream()).containsExactly(0, 1_252);
    assertThat(read.count(2)).isEqualTo(9);
  }

  @Test
  void theSmallestFreeNumberIsTakenFirst() {
    Directory directory = new Directory(null);
    for (int i = 0; i < 4; i++) {
      directory.add(5);
    }
    directory.free(1);
    directory.free(3);

    assertThat(directory.add(7)).isEqualTo(1);
    directory.trim();
    assertThat(directory.blocks()).isEqualTo(3);
    assertThat(directory.add(7)).isEqualTo(3);
  }
}
