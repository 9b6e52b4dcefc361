package io.realmstream.model.index.partition.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.index.partition.Centroids;
import io.realmstream.model.index.partition.Partition;
import io.realmstream.model.index.partition.PartitionChunk;
import io.realmstream.model.index.partition.PartitionEvent;
import io.realmstream.model.index.partition.PartitionEvent.Kind;
import io.realmstream.model.index.partition.PartitionHead;
import io.realmstream.model.index.partition.PartitionId;
import io.realmstream.model.index.partition.ProbeLimit;
import io.realmstream.schemas.Hash128;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PartitionTableTest {
  private static final PartitionId FIRST = new PartitionId(3, 1);
  private static final long RUN = 5;

  private final PartitionTable table = new PartitionTable();
  private final Partition partition = random(600, 1);

  @Test
  void versionWithoutPartitionsIsFlat() {
    assertThat(table.live(3)).containsExactly(0);
    assertThat(table.serving(3)).isZero();
    assertThat(table.versions()).isEmpty();
    assertThat(table.get(new PartitionId(3, 0))).isNull();
  }

  @Test
  void partitionIsFilledOnceAllItsChunksAreThereAndARunSaysSo() {
    List<PartitionChunk> chunks = new ArrayList<>(PartitionChunk.of(partition));
    assertThat(chunks).hasSize(3);
    Collections.shuffle(chunks, new Random(2));
    table.apply(chunk(1, chunks.get(0)));
    table.apply(chunk(1, chunks.get(1)));
    table.apply(chunk(1, chunks.get(1)));
    table.apply(fill(1, partition));
    table.apply(command(Kind.SERVE, 1));
    assertThat(table.live(3)).containsExactly(0);
    assertThat(table.serving(3)).isZero();
    assertThat(table.incomplete()).isEqualTo(1);

    table.apply(chunk(1, chunks.get(2)));
    assertThat(table.live(3)).containsExactly(0);
    table.apply(fill(1, partition));
    assertThat(table.live(3)).containsExactly(0, 1);
    assertThat(table.serving(3)).isZero();
    assertThat(table.incomplete()).isEqualTo(1);
    assertThat(table.get(FIRST)).isNull();
    assertThat(table.isAwaited(FIRST)).isTrue();
    assemble();
    assertThat(table.incomplete()).isZero();
    assertThat(table.isAwaited(FIRST)).isFalse();
    Partition assembled = Objects.requireNonNull(table.get(FIRST));
    assertThat(assembled.centroids().rows()).isEqualTo(partition.centroids().rows());
    assertThat(assembled.probes()).isEqualTo(partition.probes());
    assertThat(assembled.digest()).isEqualTo(partition.digest());
  }

  @Test
  void partitionServesAndThenIsAlone() {
    all(1, partition);
    table.apply(command(Kind.SERVE, 1));
    assertThat(table.serving(3)).isEqualTo(1);
    assertThat(table.live(3)).containsExactly(0, 1);
    table.apply(command(Kind.ALONE, 1));
    assertThat(table.live(3)).containsExactly(1);

    all(2, random(300, 2));
    table.apply(command(Kind.SERVE, 2));
    List<PartitionId> changed = table.apply(command(Kind.ALONE, 2));
    assertThat(changed).containsExactlyInAnyOrder(FIRST, new PartitionId(3, 2));
    assertThat(table.live(3)).containsExactly(2);
    assertThat(table.entry(FIRST)).isNull();
    all(1, partition);
    assertThat(table.live(3)).containsExactly(2);
    assertThat(table.live(4)).containsExactly(0);
  }

  @Test
  void repeatedEventsChangeNothing() {
    all(1, partition);
    table.apply(command(Kind.SERVE, 1));
    assertThat(table.apply(command(Kind.SERVE, 1))).isEmpty();
    assertThat(table.apply(chunk(1, PartitionChunk.of(partition).get(0)))).isEmpty();
    assertThat(table.apply(command(Kind.ALONE, 7))).isEmpty();
  }

  @Test
  void partitionThatIsFilledFirstCountsWhenTrainingWasRepeated() {
    Partition other = random(600, 9);
    List<PartitionChunk> chunks = PartitionChunk.of(partition);
    table.apply(chunk(1, PartitionChunk.of(other).get(0)));
    table.apply(chunk(1, PartitionChunk.of(other).get(1)));
    table.apply(fill(1, other));
    chunks.forEach(chunk -> table.apply(chunk(1, chunk)));
    table.apply(fill(1, other));
    assertThat(table.live(3)).containsExactly(0);
    table.apply(fill(1, partition));
    table.apply(chunk(1, PartitionChunk.of(other).get(2)));
    all(1, other);
    assemble();

    Partition assembled = Objects.requireNonNull(table.get(FIRST));
    assertThat(assembled.digest()).isEqualTo(partition.digest());
  }

  @Test
  void whatCameWholeIsKeptUntilARunSaysWhichOneIsFilled() {
    Partition second = random(600, 9);
    PartitionChunk.of(partition).forEach(chunk -> table.apply(chunk(1, chunk)));
    PartitionChunk.of(second).forEach(chunk -> table.apply(chunk(1, chunk)));
    table.apply(chunk(1, PartitionChunk.of(random(600, 10)).get(1)));
    table.apply(fill(1, partition));
    assemble();

    Partition assembled = Objects.requireNonNull(table.get(FIRST));
    assertThat(assembled.digest()).isEqualTo(partition.digest());
    assertThat(Objects.requireNonNull(table.entry(FIRST)).head().chunks()).isEqualTo(3);
  }

  @Test
  void damagedPartitionIsNotUsed() {
    List<PartitionChunk> chunks = PartitionChunk.of(partition);
    PartitionChunk last = chunks.get(2);
    float[] damaged = last.centroids().clone();
    damaged[5] += 1;
    table.apply(chunk(1, chunks.get(0)));
    table.apply(chunk(1, chunks.get(1)));
    table.apply(
        chunk(
            1,
            new PartitionChunk(
                2,
                last.cells(),
                last.dimension(),
                last.probes(),
                last.digest(),
                damaged,
                last.groups())));
    table.apply(fill(1, partition));
    assertThat(table.live(3)).containsExactly(0);

    all(1, partition);
    assertThat(table.live(3)).containsExactly(0, 1);
  }

  @Test
  void restoredTableKnowsWhatIsInUseAndAwaitsItsCentroids() {
    PartitionTable restored = restoredInUse();

    assertThat(restored.live(3)).containsExactly(0, 1);
    assertThat(restored.serving(3)).isEqualTo(1);
    assertThat(restored.get(FIRST)).isNull();
    assertThat(restored.isAwaited(FIRST)).isTrue();
    assertThat(restored.isAwaited(3)).isTrue();
    assertThat(restored.toAssemble()).isNull();
  }

  @Test
  void centroidsOfARestoredTableComeAgainInAnyOrderAmongOthers() {
    PartitionTable restored = restoredInUse();
    List<PartitionChunk> again = new ArrayList<>(PartitionChunk.of(partition));
    again.addAll(PartitionChunk.of(random(600, 9)));
    Collections.shuffle(again, new Random(3));
    again.forEach(chunk -> restored.apply(chunk(1, chunk)));
    PartitionAssembly assembly = Objects.requireNonNull(restored.toAssemble());
    assertThat(restored.toAssemble()).isNull();
    assertThat(restored.isAwaited(FIRST)).isTrue();
    restored.apply(fill(1, partition));
    assertThat(restored.isAwaited(FIRST)).isTrue();
    restored.assembled(assembly.id(), assembly.assemble());

    assertThat(restored.isAwaited(3)).isFalse();
    assertThat(Objects.requireNonNull(restored.get(FIRST)).digest()).isEqualTo(partition.digest());
    again.forEach(chunk -> restored.apply(chunk(1, chunk)));
    assertThat(restored.toAssemble()).isNull();
  }

  @Test
  void centroidsAreLostWhenAFillComesWithoutSomeOfTheirChunks() {
    PartitionTable restored = restoredInUse();
    PartitionChunk.of(partition).stream().skip(1).forEach(chunk -> restored.apply(chunk(1, chunk)));
    assertThat(restored.isAwaited(3)).isTrue();
    assertThat(restored.apply(fill(1, partition))).isEmpty();
    assertThat(restored.isAwaited(3)).isFalse();
    assertThat(restored.get(FIRST)).isNull();
    assertThat(restored.serving(3)).isEqualTo(1);

    restored.apply(chunk(1, PartitionChunk.of(partition).get(0)));
    assertThat(restored.toAssemble()).isNotNull();
  }

  @Test
  void centroidsAreLostWhenTheFillOfALaterPartitionComesWithoutThem() {
    PartitionTable restored = restoredInUse();
    Partition second = random(300, 2);
    PartitionChunk.of(second).forEach(chunk -> restored.apply(chunk(2, chunk)));
    restored.apply(fill(2, second));

    assertThat(restored.live(3)).containsExactly(0, 1, 2);
    assertThat(restored.isAwaited(FIRST)).isFalse();
    assertThat(restored.isAwaited(new PartitionId(3, 2))).isTrue();
  }

  @Test
  void damagedCentroidsOfARestoredTableAreLost() {
    PartitionTable restored = restoredInUse();
    for (PartitionChunk chunk : PartitionChunk.of(partition)) {
      int[] groups = chunk.groups().clone();
      groups[7] = 1 - Math.min(1, groups[7]);
      restored.apply(
          chunk(
              1,
              new PartitionChunk(
                  chunk.number(),
                  chunk.cells(),
                  chunk.dimension(),
                  chunk.probes(),
                  chunk.digest(),
                  chunk.centroids(),
                  chunk.number() == 0 ? groups : chunk.groups())));
    }
    assertThat(restored.toAssemble()).isNull();
    restored.apply(fill(1, partition));
    assertThat(restored.toAssemble()).isNull();
    assertThat(restored.isAwaited(3)).isFalse();
  }

  @Test
  void chunksThatLeftTheTopicAreForgottenUnlessTheyAreInUse() {
    PartitionTable restored = restoredInUse();
    PartitionChunk.of(partition).forEach(chunk -> restored.apply(chunk(1, chunk)));
    PartitionChunk.of(partition).forEach(chunk -> restored.apply(chunk(2, chunk)));
    assertThat(restored.incomplete()).isEqualTo(2);
    restored.apply(PartitionEvent.gone(FIRST));
    restored.apply(PartitionEvent.gone(new PartitionId(3, 2)));

    assertThat(restored.incomplete()).isEqualTo(1);
    assertThat(restored.toAssemble()).isNotNull();
  }

  @Test
  void whatIsPutTogetherTooLateIsNotKept() {
    PartitionTable restored = restoredInUse();
    PartitionChunk.of(partition).forEach(chunk -> restored.apply(chunk(1, chunk)));
    PartitionAssembly assembly = Objects.requireNonNull(restored.toAssemble());
    restored.apply(command(Kind.OVER, 1));
    restored.assembled(assembly.id(), assembly.assemble());
    assertThat(restored.get(FIRST)).isNull();
  }

  private PartitionTable restoredInUse() {
    all(1, partition);
    table.apply(command(Kind.SERVE, 1));
    PartitionTable restored = new PartitionTable();
    restored.restore(FIRST, Objects.requireNonNull(table.entry(FIRST)));
    return restored;
  }

  private void assemble() {
    PartitionAssembly assembly = Objects.requireNonNull(table.toAssemble());
    table.assembled(assembly.id(), assembly.assemble());
  }

  private void all(int number, Partition whole) {
    PartitionChunk.of(whole).forEach(chunk -> table.apply(chunk(number, chunk)));
    table.apply(fill(number, whole));
  }

  private static PartitionEvent command(Kind kind, int number) {
    return PartitionEvent.of(kind, new PartitionId(3, number), RUN);
  }

  private static PartitionEvent fill(int number, Partition whole) {
    return PartitionEvent.fill(new PartitionId(3, number), RUN, PartitionHead.of(whole, 60_000));
  }

  private static PartitionEvent chunk(int number, PartitionChunk chunk) {
    return PartitionEvent.chunk(new PartitionId(3, number), chunk);
  }

  private static Partition random(int cells, long seed) {
    float[] rows = new float[cells * 4];
    Random random = new Random(seed);
    for (int i = 0; i < rows.length; i++) {
      rows[i] = random.nextFloat();
    }
    Partition partition = Partition.of(new Centroids(rows, 3), new ProbeLimit(7, .5f));
    assertThat(partition.digest()).isNotEqualTo(new Hash128(0, 0));
    return partition;
  }
}
