package io.realmstream.model.index.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.index.partition.PartitionEvent.Kind;
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
    assertThat(table.incomplete()).isZero();
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

    Partition assembled = Objects.requireNonNull(table.get(FIRST));
    assertThat(assembled.digest()).isEqualTo(partition.digest());
    assertThat(Objects.requireNonNull(table.entry(FIRST)).chunks()).hasSize(3);
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
                2, last.cells(), last.dimension(), last.probes(), last.digest(), damaged)));
    table.apply(fill(1, partition));
    assertThat(table.live(3)).containsExactly(0);

    all(1, partition);
    assertThat(table.live(3)).containsExactly(0, 1);
  }

  @Test
  void tableIsRestoredFromItsEntries() {
    all(1, partition);
    table.apply(command(Kind.SERVE, 1));
    PartitionTable restored = new PartitionTable();
    PartitionEntry entry = Objects.requireNonNull(table.entry(FIRST));
    restored.restore(FIRST, entry);

    assertThat(restored.live(3)).containsExactly(0, 1);
    assertThat(restored.serving(3)).isEqualTo(1);
    assertThat(restored.versions()).containsExactly(3);
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
