package io.realmstream.jobs.retriever.freshness;

import static io.realmstream.schemas.version.VersionState.ACTIVE;
import static io.realmstream.schemas.version.VersionState.BUILDING;
import static io.realmstream.schemas.version.VersionState.PAUSED;
import static io.realmstream.schemas.version.VersionState.READY;
import static io.realmstream.schemas.version.VersionState.REFUSED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.OutboundRecord;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.vectors.ShardComplete;
import io.realmstream.schemas.version.StateChange;
import io.realmstream.schemas.version.VersionProposal;
import io.realmstream.schemas.version.VersionState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnnounceReadyFunctionTest {
  private static final int SHARDS = 2;

  private KeyedTwoInputStreamOperatorTestHarness<
          Integer, ShardNews, VersionProposal, OutboundRecord>
      harness;

  private int proposals;

  @SuppressWarnings("NullAway.Init") // set before each test
  AnnounceReadyFunctionTest() {}

  @BeforeEach
  void open() throws Exception {
    harness = harness();
    harness.open();
    harness.setProcessingTime(7_000);
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void versionIsProposedWithTheLastOfItsShards() throws Exception {
    propose(1, null, BUILDING);
    complete(1, 0);
    complete(1, 0);
    assertThat(said()).isEmpty();

    complete(1, 1);
    VersionProposal said = said().get(0);
    assertThat(said.version()).isEqualTo(1);
    assertThat(said.change()).isEqualTo(new StateChange(BUILDING, READY));
    assertThat(said.by()).isEqualTo("announce-ready");
    assertThat(said.proposalId()).isEqualTo("announce-ready 1 from BUILDING 1970-01-01T00:00:07Z");
    assertThat(said.reason()).isEqualTo("every shard has all its documents");
  }

  @Test
  void shardsMayBeCompleteBeforeTheLogTellsOfTheVersion() throws Exception {
    complete(1, 0);
    complete(1, 1);
    assertThat(said()).isEmpty();

    propose(1, null, BUILDING);
    assertThat(said()).extracting(VersionProposal::version).containsExactly(1);
  }

  @Test
  void recordIsKeyedByTheProposal() throws Exception {
    propose(1, null, BUILDING);
    completeAll(1);

    OutboundRecord record = harness.extractOutputValues().get(0);
    assertThat(record.key()).isEqualTo(said().get(0).proposalId().getBytes(UTF_8));
  }

  @Test
  void versionThatAnswersBeforeItIsCompleteIsProposedFromThere() throws Exception {
    propose(1, null, BUILDING);
    propose(1, BUILDING, ACTIVE);
    completeAll(1);
    assertThat(said())
        .extracting(VersionProposal::change)
        .containsExactly(new StateChange(ACTIVE, READY));

    propose(1, ACTIVE, READY);
    assertThat(said()).as("it is complete now").hasSize(1);
  }

  @Test
  void pausedVersionIsProposedWhenItIsBuiltAgain() throws Exception {
    propose(1, null, BUILDING);
    propose(1, BUILDING, PAUSED);
    completeAll(1);
    assertThat(said()).isEmpty();

    propose(1, PAUSED, BUILDING);
    assertThat(said()).hasSize(1);
  }

  @Test
  void versionThatHadItsTimeIsForgottenAndItsShardsAreNotKept() throws Exception {
    propose(1, null, BUILDING);
    complete(1, 0);
    int before = harness.numKeyedStateEntries();
    propose(1, BUILDING, REFUSED);
    complete(1, 1);

    assertThat(said()).isEmpty();
    assertThat(harness.numKeyedStateEntries()).isEqualTo(before - 1);
  }

  @Test
  void proposalThatIsOvertakenIsMadeAgainWithTheStateThatTheLogShows() throws Exception {
    propose(1, null, BUILDING);
    completeAll(1);
    propose(1, BUILDING, ACTIVE);

    assertThat(said())
        .extracting(VersionProposal::change)
        .containsExactly(new StateChange(BUILDING, READY), new StateChange(ACTIVE, READY));
    assertThat(said())
        .as("both within a millisecond")
        .extracting(VersionProposal::proposalId)
        .doesNotHaveDuplicates();
  }

  @Test
  void shardThatLostSomethingIsCompleteWhenItSaysSoAgain() throws Exception {
    propose(1, null, BUILDING);
    complete(1, 0);
    harness.processElement1(new StreamRecord<>(ShardNews.of(ShardFreshness.unknown(0))));
    complete(1, 1);
    assertThat(said()).isEmpty();

    complete(1, 0);
    assertThat(said()).extracting(VersionProposal::version).containsExactly(1);
  }

  @Test
  void completeShardsAndTheLogSurviveARestore() throws Exception {
    propose(1, null, BUILDING);
    complete(1, 0);
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    harness.close();
    harness = harness();
    harness.initializeState(snapshot);
    harness.open();
    complete(1, 1);

    assertThat(said()).extracting(VersionProposal::version).containsExactly(1);
  }

  private static KeyedTwoInputStreamOperatorTestHarness<
          Integer, ShardNews, VersionProposal, OutboundRecord>
      harness() throws Exception {
    return new KeyedTwoInputStreamOperatorTestHarness<>(
        new KeyedCoProcessOperator<>(new AnnounceReadyFunction(SHARDS)),
        shard -> 0,
        proposal -> 0,
        Types.INT);
  }

  private void completeAll(int version) throws Exception {
    for (int shard = 0; shard < SHARDS; shard++) {
      complete(version, shard);
    }
  }

  private void complete(int version, int shard) throws Exception {
    harness.processElement1(new StreamRecord<>(ShardNews.of(new ShardComplete(version, shard))));
  }

  private void propose(int version, @Nullable VersionState from, VersionState to) throws Exception {
    harness.processElement2(
        new StreamRecord<>(
            new VersionProposal(
                "p" + proposals++,
                version,
                new StateChange(from, to),
                "test",
                null,
                from == null ? DefaultCheckpoints.minilm() : null,
                null,
                Instant.EPOCH)));
  }

  private List<VersionProposal> said() throws Exception {
    List<VersionProposal> said = new ArrayList<>();
    for (OutboundRecord record : harness.extractOutputValues()) {
      said.add(Codecs.VERSION_PROPOSAL.decode(Objects.requireNonNull(record.value())));
    }
    return said;
  }
}
