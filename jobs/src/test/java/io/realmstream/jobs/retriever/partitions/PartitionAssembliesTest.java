package io.realmstream.jobs.retriever.partitions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.realmstream.model.index.partition.Partition;
import io.realmstream.model.index.partition.PartitionEvent;
import io.realmstream.model.index.partition.PartitionEvent.Kind;
import io.realmstream.model.index.partition.PartitionId;
import io.realmstream.model.index.partition.table.PartitionTable;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PartitionAssembliesTest {
  private static final PartitionId FIRST = new PartitionId(1, 1);
  private static final PartitionId SECOND = new PartitionId(1, 2);
  private static final Partition MANY = PartitionEvents.line(PartitionEvents.MANY_CELLS, 5);
  private static final Partition FEW = PartitionEvents.line(3, 1);

  private final PartitionTable table = new PartitionTable();
  private final PartitionAssemblies assemblies = new PartitionAssemblies("test");

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
