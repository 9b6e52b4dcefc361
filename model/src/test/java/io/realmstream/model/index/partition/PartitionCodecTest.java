package io.realmstream.model.index.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.model.index.partition.PartitionEvent.Kind;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.json.BadRecordException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
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
  private final PartitionEvent event = PartitionEvent.chunk(new PartitionId(7, 2), chunk);

  private final PartitionEvent fill =
      PartitionEvent.fill(
          event.id(),
          9,
          new PartitionHead(new Hash128(1, 2), 300, 2, new ProbeLimit(3, .5f), 30_000));

  @Test
  void eventsSurviveTheTopic() throws Exception {
    PartitionEvent decoded = PartitionCodec.decode(PartitionCodec.encode(event));
    PartitionChunk again = Objects.requireNonNull(decoded.chunk());
    assertThat(decoded.id()).isEqualTo(event.id());
    assertThat(again.centroids()).containsExactly(1, 2, .1f, 3, 4, .2f, 5, 6, .3f);
    assertThat(again).usingRecursiveComparison().isEqualTo(chunk);
    for (Kind kind : List.of(Kind.SERVE, Kind.ALONE, Kind.OVER)) {
      PartitionEvent command = PartitionEvent.of(kind, event.id(), Long.MAX_VALUE);
      assertThat(PartitionCodec.decode(PartitionCodec.encode(command))).isEqualTo(command);
    }
    assertThat(PartitionCodec.decode(PartitionCodec.encode(fill))).isEqualTo(fill);
  }

  @Test
  void recordWithoutAValueSaysWhichPartitionHasLostAChunk() throws Exception {
    byte[] key = PartitionCodec.key(Kind.CHUNK, event.id(), 3);
    assertThat(PartitionCodec.gone(key)).isEqualTo(PartitionEvent.gone(event.id()));
    assertThat(PartitionCodec.gone(PartitionCodec.key(Kind.SERVE, event.id(), 0))).isNull();
    assertThat(PartitionCodec.gone(PartitionCodec.key(Kind.CHUNK, new PartitionId(0, 1), 0)))
        .isNull();
    assertThat(PartitionCodec.gone(Arrays.copyOf(key, 12))).isNull();
    assertThat(PartitionCodec.gone(null)).isNull();
    byte[] value = PartitionCodec.encode(PartitionEvent.gone(event.id()));
    assertThatThrownBy(() -> PartitionCodec.decode(value)).isInstanceOf(BadRecordException.class);
  }

  @Test
  void groupsTravelBehindTheCentroids() throws Exception {
    Random random = new Random(4);
    float[] rows = new float[70_000 * 3];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = random.nextFloat();
    }
    Partition partition = Partition.of(new Centroids(rows, 2), new ProbeLimit(7, .5f));
    List<PartitionChunk> decoded = new ArrayList<>();
    for (PartitionChunk sent : PartitionChunk.of(partition)) {
      byte[] value = PartitionCodec.encode(PartitionEvent.chunk(event.id(), sent));
      decoded.add(Objects.requireNonNull(PartitionCodec.decode(value).chunk()));
    }
    // 70,000 cells, 264 groups, 16 groups of these
    assertThat(decoded).hasSize((70_000 + 264 + 16 + 255) / 256);
    assertThat(decoded.get(0).chunks()).isEqualTo(decoded.size());
    Collections.shuffle(decoded, random);

    Partition whole = PartitionChunk.whole(decoded);
    assertThat(whole.digest()).isEqualTo(partition.digest());
    assertThat(Partition.of(whole.centroids(), whole.probes()).digest())
        .isEqualTo(partition.digest());
    assertThat(whole.centroids().rows()).isEqualTo(rows);
    for (int i = 0; i < 300; i++) {
      float[] vector = {random.nextFloat(), random.nextFloat()};
      assertThat(whole.cellOf(vector)).isEqualTo(partition.cellOf(vector));
      assertThat(whole.centroids().ranked(vector, whole.probes()))
          .isEqualTo(partition.centroids().ranked(vector, partition.probes()));
    }
  }

  @Test
  void layoutIsThatOfTheComment() {
    byte[] bytes = PartitionCodec.encode(event);
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    assertThat(bytes).startsWith(0x52, 0x50, 5, 0, 0, 0, 0, 7, 0, 0, 0, 2).hasSize(56 + 36 + 12);
    assertThat(buffer.getInt(24)).isEqualTo(3);
    assertThat(buffer.getFloat(36)).isEqualTo(.25f);
    assertThat(buffer.getFloat(56)).isEqualTo(1f);
    assertThat(buffer.getFloat(64)).isEqualTo(.1f);
    ByteBuffer filled = ByteBuffer.wrap(PartitionCodec.encode(fill));
    assertThat(filled.array()).startsWith(0x52, 0x50, 5, 4).hasSize(20 + 32 + 8);
    assertThat(filled.getLong(12)).isEqualTo(9);
    assertThat(filled.getInt(20)).isEqualTo(300);
    assertThat(filled.getLong(36)).isEqualTo(1);
    assertThat(filled.getLong(52)).isEqualTo(30_000);
    assertThat(PartitionCodec.key(Kind.SERVE, event.id(), 5))
        .containsExactly(0, 0, 0, 7, 0, 0, 0, 2, 1, 0, 0, 0, 5);
  }

  @Test
  void cutOffBytesAreRefused() {
    assertCutOffIsRefused(PartitionCodec.encode(event));
    assertCutOffIsRefused(PartitionCodec.encode(fill));
  }

  private static void assertCutOffIsRefused(byte[] bytes) {
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> PartitionCodec.decode(cut)).isInstanceOf(BadRecordException.class);
    }
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    assertThatThrownBy(() -> PartitionCodec.decode(longer)).isInstanceOf(BadRecordException.class);
  }

  @Test
  void numbersThatDoNotFitAreRefusedByName() {
    assertRefused(24, 0, "cells");
    assertRefused(24, 1 << 30, "cells");
    assertRefused(28, -1, "dimension");
    assertRefused(28, 3, "centroids");
    assertRefused(32, 4, "nprobe");
    assertRefused(32, 0, "nprobe");
    assertRefused(20, 1, "number");
    assertRefused(4, 0, "version");
    assertRefused(8, 0, "partition");
    assertRefused(36, Float.floatToIntBits(Float.NaN), "margin");
    assertRefused(56, Float.floatToIntBits(Float.NaN), "finite");
    assertRefused(92, 1, "group");
    assertRefused(100, -1, "group");
    assertRefused(56, Float.floatToIntBits(Float.POSITIVE_INFINITY), "finite");
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
      PartitionEvent decoded;
      try {
        decoded = PartitionCodec.decode(damaged);
      } catch (BadRecordException e) {
        refused++;
        continue;
      }
      assertThat(decoded.version()).isPositive();
      assertThat(PartitionCodec.encode(decoded)).isEqualTo(damaged);
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
