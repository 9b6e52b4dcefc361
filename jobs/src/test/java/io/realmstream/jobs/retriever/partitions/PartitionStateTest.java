package io.realmstream.jobs.retriever.partitions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.realmstream.jobs.state.KeyedStateHarness;
import io.realmstream.model.index.partition.Partition;
import io.realmstream.model.index.partition.PartitionEvent;
import io.realmstream.model.index.partition.PartitionEvent.Kind;
import io.realmstream.model.index.partition.PartitionId;
import io.realmstream.model.index.partition.table.PartitionEntry;
import io.realmstream.model.index.partition.table.PartitionEntry.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.state.BroadcastState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PartitionStateTest {
  private static final PartitionId FIRST = new PartitionId(1, 1);
  private static final PartitionId SECOND = new PartitionId(1, 2);
  private static final PartitionId OTHER_VERSION = new PartitionId(2, 1);
  private static final Partition LINE = PartitionEvents.line(3, 1);

  private KeyedStateHarness harness;
  private PartitionState state;

  @BeforeEach
  void open() throws Exception {
    harness = new KeyedStateHarness();
    state = new PartitionState("test", kept());
  }

  @AfterEach
  void close() {
    state.close();
    harness.close();
  }

  @Test
  void centroidsAloneAreNotKept() throws Exception {
    chunks(FIRST);
    assertThat(keptIds()).isEmpty();
    assertThat(state.isAssembling()).isFalse();
  }

  @Test
  void partitionInUseIsKeptAtEachOfItsStages() throws Exception {
    chunks(FIRST);
    apply(PartitionEvents.fill(FIRST, LINE));
    assertThat(stage(FIRST)).isEqualTo(Stage.FILLING);
    command(Kind.SERVE, FIRST);
    assertThat(stage(FIRST)).isEqualTo(Stage.SERVING);
    command(Kind.ALONE, FIRST);
    assertThat(stage(FIRST)).isEqualTo(Stage.ALONE);
  }

  @Test
  void partitionsBeforeTheOneThatIsAloneAreKeptNoMore() throws Exception {
    use(FIRST);
    use(SECOND);
    use(OTHER_VERSION);
    assertThat(keptIds()).containsExactlyInAnyOrder(FIRST, SECOND, OTHER_VERSION);
    command(Kind.ALONE, SECOND);
    assertThat(keptIds()).containsExactlyInAnyOrder(SECOND, OTHER_VERSION);
  }

  @Test
  void partitionsOfAVersionThatHadItsTimeAreKeptNoMore() throws Exception {
    use(FIRST);
    use(SECOND);
    use(OTHER_VERSION);
    command(Kind.OVER, FIRST);
    assertThat(keptIds()).containsExactly(OTHER_VERSION);
  }

  @Test
  void partitionIsPutTogetherOnceItIsInUse() throws Exception {
    use(FIRST);
    takeAssembled();
    assertThat(Objects.requireNonNull(state.table().get(FIRST)).digest()).isEqualTo(LINE.digest());
    assertThat(state.isAssembling()).isFalse();
    assertThat(state.takeAssembled()).isFalse();
  }

  /** After a restart the topic is read from its beginning. */
  @Test
  void restoredPartitionIsInUseAndAwaitsItsCentroidsFromTheTopic() throws Exception {
    use(FIRST);
    command(Kind.SERVE, FIRST);
    takeAssembled();
    restore();
    assertThat(state.table().serving(1)).isEqualTo(1);
    assertThat(state.table().get(FIRST)).isNull();
    assertThat(state.table().isAwaited(FIRST)).isTrue();

    chunks(FIRST);
    takeAssembled();
    assertThat(state.table().get(FIRST)).isNotNull();
    assertThat(stage(FIRST)).isEqualTo(Stage.SERVING);
  }

  @Test
  void partitionThatWasKeptNoMoreDoesNotComeBackWithARestore() throws Exception {
    use(FIRST);
    use(SECOND);
    command(Kind.ALONE, SECOND);
    restore();
    assertThat(state.table().live(1)).containsExactly(2);
  }

  private void restore() throws Exception {
    state.close();
    harness.restore();
    state = new PartitionState("test", kept());
  }

  private void use(PartitionId id) throws Exception {
    chunks(id);
    apply(PartitionEvents.fill(id, LINE));
  }

  private void chunks(PartitionId id) throws Exception {
    for (PartitionEvent chunk : PartitionEvents.chunks(id, LINE)) {
      apply(chunk);
    }
  }

  private void command(Kind kind, PartitionId id) throws Exception {
    apply(PartitionEvent.of(kind, id, 7));
  }

  private void apply(PartitionEvent event) throws Exception {
    state.apply(event, kept());
  }

  private void takeAssembled() {
    await().atMost(Duration.ofMinutes(1)).pollInSameThread().until(state::takeAssembled);
  }

  private BroadcastState<PartitionId, PartitionEntry> kept() throws Exception {
    return harness
        .operator()
        .getOperatorStateBackend()
        .getBroadcastState(PartitionState.DESCRIPTOR);
  }

  private Stage stage(PartitionId id) throws Exception {
    return kept().get(id).stage();
  }

  private List<PartitionId> keptIds() throws Exception {
    List<PartitionId> ids = new ArrayList<>();
    for (Map.Entry<PartitionId, PartitionEntry> entry : kept().entries()) {
      ids.add(entry.getKey());
    }
    return ids;
  }
}
