package io.realmstream.jobs.retriever.partitions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.realmstream.model.index.partition.Partition;
import io.realmstream.model.index.partition.PartitionEvent;
import io.realmstream.model.index.partition.PartitionEvent.Kind;
import io.realmstream.model.index.partition.PartitionId;
import io.realmstream.model.index.partition.table.PartitionAssembly;
import io.realmstream.model.index.partition.table.PartitionTable;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class PartitionAssembliesTest {
  private static final PartitionId FIRST = new PartitionId(1, 1);
  private static final PartitionId SECOND = new PartitionId(1, 2);
  private static final Partition MANY = PartitionEvents.line(PartitionEvents.MANY_CELLS, 5);
  private static final Partition FEW = PartitionEvents.line(3, 1);

  private final PartitionTable table = new PartitionTable();
  private final List<Long> attempts = new CopyOnWriteArrayList<>();
  private PartitionAssemblies assemblies = new PartitionAssemblies("test");

  @AfterEach
  void close() {
    assemblies.close();
  }

  @Test
  void withNothingToPutTogetherNothingIsUnderWay() {
    assemblies.begin(table);
    assertThat(assemblies.areUnderWay()).isFalse();
    assertThat(assemblies.take(table)).isFalse();
  }

  @Test
  void partitionThatLacksAChunkIsNotBegun() {
    List<PartitionEvent> chunks = PartitionEvents.chunks(FIRST, MANY);
    table.apply(chunks.get(0));
    table.apply(PartitionEvents.fill(FIRST, MANY));
    assemblies.begin(table);
    assertThat(chunks).hasSize(2);
    assertThat(assemblies.areUnderWay()).isFalse();
  }

  @Test
  void allThatAreWholeArePutTogetherFromOneCall() {
    use(FIRST, MANY);
    use(SECOND, FEW);
    assemblies.begin(table);
    takeAll();
    assertThat(digest(FIRST)).isEqualTo(MANY.digest());
    assertThat(digest(SECOND)).isEqualTo(FEW.digest());
  }

  @Test
  void tableKnowsNoCentroidsBeforeTheyAreTaken() {
    use(FIRST, MANY);
    assemblies.begin(table);
    assertThat(assemblies.areUnderWay()).isTrue();
    assertThat(table.get(FIRST)).isNull();
    takeAll();
    assertThat(table.get(FIRST)).isNotNull();
  }

  @Test
  void eachIsTakenOnce() {
    use(FIRST, FEW);
    assemblies.begin(table);
    takeAll();
    assemblies.begin(table);
    assertThat(assemblies.areUnderWay()).isFalse();
    assertThat(assemblies.take(table)).isFalse();
  }

  /** The version had its time in the meantime. */
  @Test
  void partitionThatIsInUseNoMoreIsTakenAndForgotten() {
    use(FIRST, MANY);
    assemblies.begin(table);
    table.apply(PartitionEvent.of(Kind.OVER, FIRST, 7));
    takeAll();
    assertThat(table.get(FIRST)).isNull();
  }

  /** Until then a question finds no centroids, as after a restart: it is searched in all cells. */
  @Test
  void whatFailsWithAnErrorOrAnExceptionIsTriedAgainAfterPauses() {
    Duration pause = Duration.ofMillis(300);
    startFailing(pause);
    use(FIRST, MANY);
    table.apply(PartitionEvent.of(Kind.SERVE, FIRST, 7));
    assemblies.begin(table);
    while (attempts.size() < 3) {
      boolean taken = assemblies.take(table);
      if (attempts.size() < 3) {
        assertThat(taken).isFalse();
        assertThat(assemblies.areUnderWay()).isTrue();
        assertThat(table.serving(1)).isEqualTo(1);
        assertThat(table.get(FIRST)).as("its centroids").isNull();
        assertThat(table.isAwaited(FIRST)).isTrue();
        assertThat(table.incomplete()).as("what operators see").isEqualTo(1);
      }
    }
    takeAll();
    assertThat(digest(FIRST)).isEqualTo(MANY.digest());
    assertThat(table.isAwaited(FIRST)).isFalse();
    assertThat(table.incomplete()).isZero();
    assertThat(attempts).hasSize(3);
    for (int i = 1; i < attempts.size(); i++) {
      assertThat(attempts.get(i) - attempts.get(i - 1)).isGreaterThanOrEqualTo(pause.toNanos());
    }
  }

  @Test
  void othersArePutTogetherWhileOneThatFailedPauses() {
    startFailing(Duration.ofHours(1));
    use(FIRST, MANY);
    use(SECOND, FEW);
    assemblies.begin(table);
    await().atMost(Duration.ofMinutes(1)).pollInSameThread().until(() -> assemblies.take(table));
    assertThat(digest(SECOND)).isEqualTo(FEW.digest());
    assertThat(table.isAwaited(FIRST)).isTrue();
    assertThat(table.incomplete()).isEqualTo(1);
  }

  /** The version had its time in the meantime. */
  @Test
  void partitionThatFailedAndIsInUseNoMoreIsForgotten() {
    startFailing(Duration.ofMillis(10));
    use(FIRST, MANY);
    assemblies.begin(table);
    table.apply(PartitionEvent.of(Kind.OVER, FIRST, 7));
    takeAll();
    assertThat(table.get(FIRST)).isNull();
    assertThat(table.incomplete()).isZero();
  }

  /** The first partition runs out of memory, then fails otherwise, and is well from then on. */
  private void startFailing(Duration pause) {
    assemblies.close();
    assemblies = new PartitionAssemblies("test", pause, this::assemble);
  }

  private Partition assemble(PartitionAssembly assembly) {
    if (assembly.id().equals(FIRST)) {
      attempts.add(System.nanoTime());
      if (attempts.size() == 1) {
        throw new OutOfMemoryError("as with many cells");
      }
      if (attempts.size() == 2) {
        throw new IllegalStateException("as with a fault of ours");
      }
    }
    return assembly.assemble();
  }

  private void use(PartitionId id, Partition partition) {
    PartitionEvents.chunks(id, partition).forEach(table::apply);
    table.apply(PartitionEvents.fill(id, partition));
  }

  private Object digest(PartitionId id) {
    return Objects.requireNonNull(table.get(id)).digest();
  }

  private void takeAll() {
    await()
        .atMost(Duration.ofMinutes(1))
        .pollInSameThread()
        .until(() -> assemblies.take(table) && !assemblies.areUnderWay());
  }
}
