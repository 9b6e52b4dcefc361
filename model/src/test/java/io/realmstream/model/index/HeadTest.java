package io.realmstream.model.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.model.index.vector.Int8Code;
import io.realmstream.schemas.Hash128;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HeadTest {
  private static final int DIMENSION = 2;

  @Test
  void cellWithoutAHeadIsNew() {
    Head head = Head.read(List.of(), DIMENSION);

    assertThat(head.directory().blocks()).isZero();
    assertThat(head.edits().rows().count()).isZero();
    assertThat(head.edits().rows().dimension()).isEqualTo(DIMENSION);
    assertThat(head.edits().rows().nextVector()).isZero();
    assertThat(head.appended()).isZero();
    assertThat(head.takesAppends()).isFalse();
  }

  @Test
  void whatWasPutAndAppendedIsReadAsItWas() {
    Head put = withBlocks(2).with(edit(3, 1)).with(edit(1, 1));
    Delta first = edit(2, 7);
    Delta second = edit(3, 9);
    Head read = read(put.toBytes(), bytes(first), bytes(second));

    assertThat(read.directory().toBytes()).isEqualTo(put.directory().toBytes());
    assertThat(read.appended()).isEqualTo(2);
    assertThat(read.edits().rows().count()).isEqualTo(3);
    assertThat(read.edits().rows().sequence(2)).isEqualTo(9);
    assertThat(read.toBytes()).isEqualTo(put.with(first).with(second).toBytes());
  }

  @Test
  void everyEditIsCountedUntilTheHeadIsPut() {
    Head head = withBlocks(1).with(edit(1, 1)).with(edit(1, 2)).with(edit(1, 3));

    assertThat(head.edits().rows().count()).isEqualTo(1);
    assertThat(head.appended()).isEqualTo(3);
    assertThat(head.whenPut().appended()).isZero();
    assertThat(head.whenPut().toBytes()).isEqualTo(head.toBytes());
  }

  @Test
  void damagedHeadIsRefused() {
    byte[] bytes = withBlocks(2).toBytes();
    assertRefused("damaged head: 3 bytes", Arrays.copyOf(bytes, 3));
    byte[] tooLong = bytes.clone();
    tooLong[0] = 127;
    assertRefused("damaged head: " + bytes.length + " bytes", tooLong);
    byte[] negative = bytes.clone();
    negative[3] = -1;
    assertRefused("damaged head: " + bytes.length + " bytes", negative);
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> read(cut)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void appendedValueMustBeOneRowOfTheCellsDimension() {
    byte[] put = withBlocks(1).toBytes();
    byte[] two = edit(1, 1).with(edit(2, 1)).rows().toBytes();

    assertRefused("damaged edit: 2 rows", put, two);
    assertRefused("damaged edit: 0 rows", put, bytes(Delta.empty(DIMENSION, 0)));
    assertRefused("a cell stored with 3 dimensions, not 2", put, bytes(edit(1, 1, 3)));
    assertThatThrownBy(() -> Head.read(List.of(ByteBuffer.wrap(put)), 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a cell stored with 2 dimensions, not 3");
  }

  @Test
  void cellOfOneBlockTakesAQuarterOfTheEdits() {
    assertThat(withBlocks(0).editsMax()).isEqualTo(16);
    assertThat(withBlocks(1).editsMax()).isEqualTo(16);
    assertThat(withBlocks(2).editsMax()).isEqualTo(64);
    // three rows fit a block: a quarter is none, but one there must be
    Head large = Head.read(List.of(), 20_000);
    assertThat(large.editsMax()).isEqualTo(1);
    assertThat(large.isFull()).isFalse();
    assertThat(large.with(edit(1, 1, 20_000)).isFull()).isTrue();
  }

  @Test
  void headIsFullByItsUidsAndTakesAppendsByItsEdits() {
    Head sixteenUids = withBlocks(1);
    Head oneUid = withBlocks(1);
    for (int i = 0; i < 16; i++) {
      assertThat(sixteenUids.isFull()).isFalse();
      assertThat(oneUid.takesAppends()).isTrue();
      sixteenUids = sixteenUids.with(edit(i, 1));
      oneUid = oneUid.with(edit(1, i));
    }
    assertThat(sixteenUids.isFull()).isTrue();
    assertThat(oneUid.isFull()).isFalse();
    assertThat(oneUid.takesAppends()).isFalse();
    assertThat(oneUid.whenPut().takesAppends()).isTrue();
    assertThat(withBlocks(0).with(edit(1, 1)).takesAppends()).isTrue();
  }

  private static void assertRefused(String message, byte[]... stored) {
    assertThatThrownBy(() -> read(stored))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  private static Head read(byte[]... stored) {
    return Head.read(Stream.of(stored).map(ByteBuffer::wrap).toList(), DIMENSION);
  }

  private static Head withBlocks(int blocks) {
    Directory directory = new Directory(null);
    for (int i = 0; i < blocks; i++) {
      directory.add(9);
    }
    return new Head(directory, Delta.empty(DIMENSION, 40), 0);
  }

  private static Delta edit(int uid, long sequence) {
    return edit(uid, sequence, DIMENSION);
  }

  private static Delta edit(int uid, long sequence, int dimension) {
    return Delta.of(new Row(new Hash128(uid, 0), sequence, 30, 0, Int8Code.zero(dimension)));
  }

  private static byte[] bytes(Delta edit) {
    return edit.rows().toBytes();
  }
}
