package io.realmstream.model.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.index.vector.Int8Code;
import io.realmstream.schemas.Hash128;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedBlockTest {
  @Test
  void theLayoutIsTheDocumentedOne() {
    PackedBlock block = PackedBlock.allocate(2, 3, 9);
    block.set(0, row(1, 5));
    block.set(1, new Row(uid(2), -2, PackedBlock.DELETED, 0, Int8Code.of(new float[3])));

    String expected =
        "02000000 03000000 0900000000000000"
            + "0807060504030201 0100000000000000 0807060504030201 0200000000000000"
            + "0500000000000000 feffffffffffffff"
            + "0600000000000000 ffffffffffffffff"
            + "07000000 00000000"
            + "0000803f 00000000"
            + "00000000 00000000"
            + "0000fe42 00000000"
            + "7f0000 000000";
    // norm: the smallest float32 that a root rounded up may be, 127 or the one above
    byte[] bytes = block.bytes().clone();
    assertThat(block.norm(0)).isBetween(127f, Math.nextUp(127f));
    bytes[16 + 44 * 2] = 0;
    assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(expected.replace(" ", ""));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 100, 384, 768, 1_024, 4_096, 30_000})
  void aFullBlockFitsAndOneMoreRowDoesNot(int dimension) {
    int capacity = PackedBlock.capacity(dimension);

    assertThat(capacity).isPositive();
    assertThat(PackedBlock.allocate(capacity, dimension, 0).bytes().length)
        .isLessThanOrEqualTo(60 * 1024);
    assertThat(PackedBlock.allocate(capacity + 1, dimension, 0).bytes().length)
        .isGreaterThan(60 * 1024);
  }

  @Test
  void anEmptyBlockIsItsHead() {
    PackedBlock block = new PackedBlock(ByteBuffer.wrap(PackedBlock.allocate(0, 384, 12).bytes()));

    assertThat(block.bytes()).hasSize(16);
    assertThat(block.count()).isZero();
    assertThat(block.dimension()).isEqualTo(384);
    assertThat(block.nextVector()).isEqualTo(12);
  }

  @Test
  void copiedRowsReadAsTheyWereWritten() {
    PackedBlock from = PackedBlock.allocate(4, 3, 0);
    for (int i = 0; i < 4; i++) {
      from.set(i, row(i, 10 + i));
    }
    PackedBlock to = PackedBlock.allocate(3, 3, 0);
    to.copy(1, from, 2, 2);
    PackedBlock read = new PackedBlock(ByteBuffer.wrap(to.bytes()));

    for (int i = 1; i < 3; i++) {
      assertThat(read.uid(i)).isEqualTo(uid(i + 1));
      assertThat(read.sequence(i)).isEqualTo(11 + i);
      assertThat(read.vector(i)).isEqualTo(12 + i);
      assertThat(read.documentShard(i)).isEqualTo(7);
      assertThat(read.alpha(i)).isEqualTo(1);
      assertThat(read.bytes()[read.codesOffset() + 3 * i]).isEqualTo((byte) 127);
    }
  }

  private static Row row(int number, long sequence) {
    Int8Code code = Int8Code.of(new float[] {127, 0, 0});
    return new Row(uid(number), sequence, sequence + 1, 7, code);
  }

  private static Hash128 uid(int number) {
    return new Hash128(0x0102030405060708L, number);
  }
}
