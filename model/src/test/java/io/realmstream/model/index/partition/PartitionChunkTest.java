package io.realmstream.model.index.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.schemas.Hash128;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartitionChunkTest {
  private static final Hash128 DIGEST = new Hash128(1, 2);

  private record Shape(int number, int cells, int dimension) {}

  /** From 256 cells on, groups of about the root of their number follow. */
  @ParameterizedTest
  @CsvSource({"1, 1", "255, 1", "256, 2", "300, 2", "495, 3", "600, 3"})
  void chunksPutTogetherInAnyOrderAreThePartition(int cells, int count) {
    Partition partition = random(cells);
    List<PartitionChunk> chunks = new ArrayList<>(PartitionChunk.of(partition));
    assertThat(chunks).hasSize(count).allMatch(chunk -> chunk.chunks() == count);
    Collections.shuffle(chunks, new Random(cells));

    Partition whole = PartitionChunk.whole(chunks);
    assertThat(whole.centroids().rows()).isEqualTo(partition.centroids().rows());
    assertThat(whole.probes()).isEqualTo(partition.probes());
    assertThat(whole.digest()).isEqualTo(partition.digest());
    assertThat(Partition.of(whole.centroids(), whole.probes()).digest())
        .isEqualTo(partition.digest());
  }

  @Test
  void everyChunkButTheLastIsFull() {
    // 494 cells and 22 groups
    List<PartitionChunk> chunks = PartitionChunk.of(random(494));

    assertThat(chunks).extracting(PartitionChunk::number).containsExactly(0, 1, 2);
    assertThat(chunks).extracting(chunk -> chunk.groups().length).containsExactly(256, 256, 4);
    assertThat(chunks.get(2).centroids()).hasSize(4 * 3);
  }

  @Test
  void contentIsNamedByEveryNumberAndNothingElse() {
    PartitionChunk chunk = chunk(new float[] {0, 2, 3}, 0);

    assertThat(chunk(new float[] {0, 2, 3}, 0).content()).isEqualTo(chunk.content());
    assertThat(new PartitionChunk(0, 1, 2, ProbeLimit.of(1), DIGEST, chunk.centroids(), new int[1]))
        .extracting(PartitionChunk::content)
        .isEqualTo(chunk.content());
    assertThat(chunk(new float[] {-0f, 2, 3}, 0).content()).isNotEqualTo(chunk.content());
    assertThat(chunk(new float[] {0, 2, 4}, 0).content()).isNotEqualTo(chunk.content());
    PartitionChunk large = PartitionChunk.of(random(300)).get(0);
    int[] groups = large.groups().clone();
    groups[255] = (groups[255] + 1) % 17;
    assertThat(withGroups(large, groups).content()).isNotEqualTo(large.content());
  }

  @Test
  void digestIsOfShapeLimitAndContentsInTheirOrder() {
    ProbeLimit probes = new ProbeLimit(3, .5f);
    List<Hash128> contents = List.of(new Hash128(1, 1), new Hash128(2, 2));
    Hash128 digest = PartitionChunk.digest(9, 4, probes, contents);

    assertThat(PartitionChunk.digest(9, 4, probes, List.copyOf(contents))).isEqualTo(digest);
    assertThat(
            List.of(
                digest,
                PartitionChunk.digest(9, 4, probes, List.of(contents.get(1), contents.get(0))),
                PartitionChunk.digest(9, 4, probes, contents.subList(0, 1)),
                PartitionChunk.digest(4, 9, probes, contents),
                PartitionChunk.digest(9, 4, new ProbeLimit(4, .5f), contents),
                PartitionChunk.digest(9, 4, new ProbeLimit(3, .25f), contents)))
        .doesNotHaveDuplicates();
  }

  @Test
  void shapeThatDoesNotFitIsRefused() {
    float[] three = new float[3];
    assertRefused(new Shape(0, 0, 2), three, "cells: must be at least 1 (is 0)");
    assertRefused(new Shape(0, 1, 0), three, "dimension: must be at least 1 (is 0)");
    assertRefused(new Shape(-1, 1, 2), three, "number: must be at least 0 (is -1)");
    assertRefused(new Shape(1, 255, 2), three, "number: must be at most 0 (is 1)");
    assertRefused(new Shape(2, 256, 2), three, "number: must be at most 1 (is 2)");
    assertRefused(
        new Shape(0, 1, 1), three, "centroids: must be 2 numbers with 1 groups (are 3 with 1)");
    assertRefused(
        new Shape(0, 1, Integer.MAX_VALUE),
        three,
        "cells * dimension: must be at most 268435456 (is 2147483648)");
    assertRefused(
        new Shape(0, 1, 2), new float[] {0, 0, Float.NaN}, "centroids: must be finite (holds NaN)");
    assertThatThrownBy(
            () -> new PartitionChunk(0, 1, 2, ProbeLimit.of(2), DIGEST, three, new int[1]))
        .hasMessage("nprobe: must be at most 1 (is 2)");
  }

  @Test
  void groupMustBeOneOfTheNextLevel() {
    assertThatThrownBy(() -> chunk(new float[3], 1)).hasMessage("group: must be at most 0 (is 1)");
    assertThatThrownBy(() -> chunk(new float[3], -1))
        .hasMessage("group: must be at least 0 (is -1)");
    // 300 cells in 17 groups; rows of the second chunk: 44 cells, then the groups' middles
    PartitionChunk second = PartitionChunk.of(random(300)).get(1);
    int[] groups = second.groups().clone();
    groups[43] = 16;
    assertThat(withGroups(second, groups).groups()[43]).isEqualTo(16);
    groups[43] = 17;
    assertThatThrownBy(() -> withGroups(second, groups))
        .hasMessage("group: must be at most 16 (is 17)");
    groups[43] = 16;
    groups[44] = 1;
    assertThatThrownBy(() -> withGroups(second, groups))
        .hasMessage("group: must be at most 0 (is 1)");
  }

  private static void assertRefused(Shape shape, float[] centroids, String message) {
    assertThatThrownBy(
            () ->
                new PartitionChunk(
                    shape.number,
                    shape.cells,
                    shape.dimension,
                    ProbeLimit.of(1),
                    DIGEST,
                    centroids,
                    new int[1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  /** Of a partition of one cell. */
  private static PartitionChunk chunk(float[] centroids, int group) {
    return new PartitionChunk(
        0,
        1,
        centroids.length - 1,
        new ProbeLimit(1, .5f),
        new Hash128(3, 4),
        centroids,
        new int[] {group});
  }

  private static PartitionChunk withGroups(PartitionChunk chunk, int[] groups) {
    return new PartitionChunk(
        chunk.number(),
        chunk.cells(),
        chunk.dimension(),
        chunk.probes(),
        chunk.digest(),
        chunk.centroids(),
        groups);
  }

  private static Partition random(int cells) {
    Random random = new Random(cells);
    float[] rows = new float[cells * 3];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = random.nextFloat();
    }
    return Partition.of(new Centroids(rows, 2), new ProbeLimit(1, .5f));
  }
}
