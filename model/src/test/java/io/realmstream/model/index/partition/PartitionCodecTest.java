package io.realmstream.model.index.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.model.index.partition.PartitionEvent.Kind;
import io.realmstream.schemas.json.BadRecordException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PartitionCodecTest {
  private final PartitionChunk chunk =
      PartitionChunk.of(
              Partition.of(
                  new Centroids(new float[] {1, 2, .1f, 3, 4, .2f, 5, 6, .3f}, 2),
                  new ProbeLimit(3, .25f)))
          .get(0);
  private final PartitionEvent event = new PartitionEvent(Kind.CHUNK, 7, 2, chunk);

  @Test
  void eventsSurviveTheTopic() throws Exception {
    PartitionEvent decoded = PartitionCodec.decode(PartitionCodec.encode(event));
    PartitionChunk again = Objects.requireNonNull(decoded.chunk());
    assertThat(decoded.id()).isEqualTo(event.id());
    assertThat(again.centroids()).containsExactly(1, 2, .1f, 3, 4, .2f, 5, 6, .3f);
    assertThat(again).usingRecursiveComparison().isEqualTo(chunk);
    PartitionEvent serve = new PartitionEvent(Kind.SERVE, 7, 2, null);
    assertThat(PartitionCodec.decode(PartitionCodec.encode(serve))).isEqualTo(serve);
  }

  @Test
  void layoutIsThatOfTheComment() {
    byte[] bytes = PartitionCodec.encode(event);
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    assertThat(bytes).startsWith(0x52, 0x50, 3, 0, 0, 0, 0, 7, 0, 0, 0, 2).hasSize(48 + 36);
    assertThat(buffer.getInt(16)).isEqualTo(3);
    assertThat(buffer.getFloat(28)).isEqualTo(.25f);
    assertThat(buffer.getFloat(48)).isEqualTo(1f);
    assertThat(buffer.getFloat(56)).isEqualTo(.1f);
    assertThat(PartitionCodec.key(Kind.SERVE, event.id(), 5))
        .containsExactly(0, 0, 0, 7, 0, 0, 0, 2, 1, 0, 0, 0, 5);
  }

  @Test
  void cutOffBytesAreRefused() {
    byte[] bytes = PartitionCodec.encode(event);
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> PartitionCodec.decode(cut)).isInstanceOf(BadRecordException.class);
    }
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    assertThatThrownBy(() -> PartitionCodec.decode(longer)).isInstanceOf(BadRecordException.class);
  }

  @Test
  void numbersThatDoNotFitAreRefusedByName() {
    assertRefused(16, 0, "cells");
    assertRefused(16, 1 << 30, "cells");
    assertRefused(20, -1, "dimension");
    assertRefused(20, 3, "centroids");
    assertRefused(24, 4, "nprobe");
    assertRefused(24, 0, "nprobe");
    assertRefused(12, 1, "number");
    assertRefused(4, 0, "version");
    assertRefused(8, 0, "partition");
    assertRefused(28, Float.floatToIntBits(Float.NaN), "margin");
    assertRefused(48, Float.floatToIntBits(Float.NaN), "finite");
    assertRefused(48, Float.floatToIntBits(Float.POSITIVE_INFINITY), "finite");
  }

  @Test
  void whateverBytesComeTheyAreDecodedOrRefused() {
    Random random = new Random(11);
    byte[] bytes = PartitionCodec.encode(event);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = bytes.clone();
      for (int hits = 1 + random.nextInt(4); hits > 0; hits--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        assertThat(PartitionCodec.decode(damaged).version()).isPositive();
      } catch (BadRecordException e) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  private void assertRefused(int offset, int value, String what) {
    byte[] bytes = PartitionCodec.encode(event);
    ByteBuffer.wrap(bytes).putInt(offset, value);
    assertThatThrownBy(() -> PartitionCodec.decode(bytes))
        .isInstanceOf(BadRecordException.class)
        .hasMessageContaining(what);
  }
}
