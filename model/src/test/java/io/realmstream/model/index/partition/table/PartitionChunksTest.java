package io.realmstream.model.index.partition.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.index.partition.Centroids;
import io.realmstream.model.index.partition.Partition;
import io.realmstream.model.index.partition.PartitionChunk;
import io.realmstream.model.index.partition.PartitionId;
import io.realmstream.model.index.partition.ProbeLimit;
import io.realmstream.schemas.Hash128;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PartitionChunksTest {
  private static final PartitionId ID = new PartitionId(3, 1);
  private static final PartitionId OTHER = new PartitionId(3, 2);

  private final PartitionChunks chunks = new PartitionChunks();
  private final List<PartitionChunk> three = chunks(1);
  private final Hash128 digest = three.get(0).digest();

  @Test
  void partitionIsWholeWithItsLastChunkInWhateverOrder() {
    assertThat(chunks.isWhole(ID, digest)).isFalse();
    for (int number : new int[] {2, 0, 2}) {
      chunks.add(ID, three.get(number));
      assertThat(chunks.isWhole(ID, digest)).isFalse();
    }
    chunks.add(ID, three.get(1));

    assertThat(chunks.isWhole(ID, digest)).isTrue();
    assertThat(chunks.isWhole(OTHER, digest)).isFalse();
    assertThat(chunks.isWhole(ID, new Hash128(0, 0))).isFalse();
  }

  @Test
  void chunksThatDoNotAddUpToTheDigestAreNotWholeUntilOneIsReplaced() {
    PartitionChunk damaged = damaged(three.get(2));
    chunks.add(ID, three.get(0));
    chunks.add(ID, three.get(1));
    chunks.add(ID, damaged);
    assertThat(chunks.isWhole(ID, digest)).isFalse();

    chunks.add(ID, three.get(2));
    assertThat(chunks.isWhole(ID, digest)).isTrue();
  }

  @Test
  void chunksOfAnotherOutcomeReplaceThoseThatWereCutOff() {
    chunks.add(ID, three.get(0));
    chunks.add(ID, three.get(1));
    chunks.add(ID, chunks(2).get(0));
    chunks.add(ID, three.get(2));

    assertThat(chunks.isWhole(ID, digest)).isFalse();
  }

  @Test
  void whatCameWholeIsKeptBesideAnotherOutcome() {
    List<PartitionChunk> others = chunks(2);
    three.forEach(chunk -> chunks.add(ID, chunk));
    chunks.add(ID, others.get(0));
    assertThat(chunks.isWhole(ID, digest)).isTrue();
    others.forEach(chunk -> chunks.add(ID, chunk));

    assertThat(chunks.isWhole(ID, digest)).isTrue();
    assertThat(chunks.isWhole(ID, others.get(0).digest())).isTrue();
  }

  @Test
  void takingOneOutcomeForgetsTheOthersOfItsNumberOnly() {
    List<PartitionChunk> others = chunks(2);
    three.forEach(chunk -> chunks.add(ID, chunk));
    others.forEach(chunk -> chunks.add(ID, chunk));
    three.forEach(chunk -> chunks.add(OTHER, chunk));

    assertThat(chunks.take(ID, digest)).containsExactlyInAnyOrderElementsOf(three);
    assertThat(chunks.isWhole(ID, digest)).isFalse();
    assertThat(chunks.isWhole(ID, others.get(0).digest())).isFalse();
    assertThat(chunks.isWhole(OTHER, digest)).isTrue();
  }

  @Test
  void partitionsAreCountedOnceHoweverManyChunksCameAndForgottenByNumber() {
    assertThat(chunks.countWithout(Set.of())).isZero();
    chunks.add(ID, three.get(0));
    chunks.add(ID, three.get(1));
    chunks.add(OTHER, three.get(0));
    chunks.add(new PartitionId(4, 1), three.get(0));
    assertThat(chunks.countWithout(Set.of())).isEqualTo(3);
    assertThat(chunks.countWithout(Set.of(OTHER, new PartitionId(9, 9)))).isEqualTo(2);

    chunks.forget(id -> id.version() == 3);
    assertThat(chunks.countWithout(Set.of())).isEqualTo(1);
    assertThat(chunks.countWithout(Set.of(new PartitionId(4, 1)))).isZero();
  }

  @Test
  void chunksThatClaimOneDigestAndDifferentSizesAreNotWhole() {
    PartitionChunk near = sized(300).get(0);
    PartitionChunk far = sized(1_200).get(3);
    chunks.add(ID, near);
    chunks.add(
        ID,
        new PartitionChunk(
            3, far.cells(), 1, far.probes(), near.digest(), far.centroids(), far.groups()));

    assertThat(chunks.isWhole(ID, near.digest())).isFalse();
  }

  private static List<PartitionChunk> sized(int cells) {
    return PartitionChunk.of(
        Partition.of(new Centroids(new float[cells * 2], 1), ProbeLimit.of(1)));
  }

  private static PartitionChunk damaged(PartitionChunk chunk) {
    float[] centroids = chunk.centroids().clone();
    centroids[0]++;
    return new PartitionChunk(
        chunk.number(),
        chunk.cells(),
        chunk.dimension(),
        chunk.probes(),
        chunk.digest(),
        centroids,
        chunk.groups());
  }

  private static List<PartitionChunk> chunks(long seed) {
    Random random = new Random(seed);
    float[] rows = new float[600 * 3];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = random.nextFloat();
    }
    return PartitionChunk.of(Partition.of(new Centroids(rows, 2), ProbeLimit.of(4)));
  }
}
