package io.realmstream.jobs.learner.trunks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.InboundRecord;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.avro.VectorMessageCodec;
import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.document.VectorCounts;
import io.realmstream.schemas.vectors.DocumentRevision;
import io.realmstream.schemas.vectors.EditTimes;
import io.realmstream.schemas.vectors.Heartbeat;
import io.realmstream.schemas.vectors.ManifestEntry;
import io.realmstream.schemas.vectors.PassageInsert;
import io.realmstream.schemas.vectors.PassageTrunk;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.RecordPart;
import io.realmstream.schemas.vectors.ShardPosition;
import io.realmstream.schemas.vectors.ShardRound;
import io.realmstream.schemas.vectors.VectorMessage;
import io.realmstream.schemas.vectors.VectorRecord;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DecodeTrunksFunctionTest {
  private static final int SHARDS = 4;
  private static final Hash128 UID = new Hash128(1, 2);

  /** Of each record that is read. */
  private static final TopicPlace PLACE = new TopicPlace(2, 41, 7);

  @SuppressWarnings("NullAway.Init") // set before each test
  private OneInputStreamOperatorTestHarness<InboundRecord, TrunkEvent> decode;

  @BeforeEach
  void open() throws Exception {
    open(null);
  }

  @AfterEach
  void close() throws Exception {
    decode.close();
  }

  @Test
  void aDocumentComesWithItsTrunkOutputsAndWithoutItsVectors() throws Exception {
    read(numbered(document(2), 1));
    TrunkEvent event = decode.extractOutputValues().get(0);
    assertThat(event.shard()).isEqualTo(2);
    PassageInsert insert = Objects.requireNonNull(event.vectors()).inserts().get(0);
    assertThat(insert.vector()).isEmpty();
    assertThat(Objects.requireNonNull(insert.trunk()).output()).containsExactly(5, 6);
  }

  @Test
  void aLostRecordIsSaidInFrontOfTheNext() throws Exception {
    read(numbered(document(2), 1));
    read(numbered(document(2), 3));
    List<TrunkEvent> events = decode.extractOutputValues();
    assertThat(events).hasSize(3);
    assertThat(events.get(1)).isEqualTo(TrunkEvent.gap(2, PLACE));
    assertThat(events.get(2).vectors()).isNotNull();
  }

  @Test
  void aRestoredReaderNoticesALossInItsAbsence() throws Exception {
    read(numbered(document(2), 1));
    OperatorSubtaskState state = decode.snapshot(1, 1);
    decode.close();
    open(state);
    read(numbered(document(2), 2));
    read(numbered(document(2), 4));
    assertThat(decode.extractOutputValues().get(1)).isEqualTo(TrunkEvent.gap(2, PLACE));
  }

  @Test
  void aHeartbeatThatNamesMoreThanCameTellsOfALoss() throws Exception {
    read(numbered(document(2), 1));
    Heartbeat beat =
        new Heartbeat(
            7, 0, 1, Instant.EPOCH, 4, SHARDS, List.of(0L), List.of(new ShardPosition(2, 9, 2)));
    read(VectorRecord.unnumbered(beat));
    read(VectorRecord.unnumbered(beat));
    TrunkEvent mark = TrunkEvent.heartbeat(PLACE, 4);
    assertThat(decode.extractOutputValues().subList(1, 4))
        .containsExactly(TrunkEvent.gap(2, PLACE), mark, mark);
  }

  /** Of a stranger's heartbeat, which must not make a reader wait for partitions without end. */
  @Test
  void onlyPartitionsThatCarryDocumentsAreMarked() throws Exception {
    read(VectorRecord.unnumbered(beat(2)));
    assertThat(decode.extractOutputValues()).isEmpty();
    read(VectorRecord.unnumbered(beat(Integer.MAX_VALUE)));
    assertThat(decode.extractOutputValues()).containsExactly(TrunkEvent.heartbeat(PLACE, SHARDS));
  }

  @Test
  void roundsArePassedOn() throws Exception {
    ShardRound round = new ShardRound(1, 3, true, List.of(1), List.of());
    read(numbered(round, 1));
    assertThat(decode.extractOutputValues()).containsExactly(TrunkEvent.of(round, PLACE));
  }

  @Test
  void whatIsNoRecordIsPassedOver() throws Exception {
    decode.processElement(inbound(null), 0);
    decode.processElement(inbound(new byte[] {1, 2}), 0);
    read(VectorRecord.unnumbered(document(SHARDS)));
    assertThat(decode.extractOutputValues()).isEmpty();
    read(numbered(document(2), 1));
    assertThat(decode.extractOutputValues()).hasSize(1);
  }

  private void open(@Nullable OperatorSubtaskState restored) throws Exception {
    decode =
        new OneInputStreamOperatorTestHarness<>(
            new ProcessOperator<>(new DecodeTrunksFunction(SHARDS)));
    if (restored != null) {
      decode.initializeState(restored);
    }
    decode.open();
  }

  private void read(VectorRecord record) throws Exception {
    decode.processElement(inbound(VectorMessageCodec.encode(record)), 0);
  }

  private static InboundRecord inbound(byte @Nullable [] value) {
    return new InboundRecord("vectors", 2, 41, 7, "d".getBytes(UTF_8), value, List.of());
  }

  private static Heartbeat beat(int partitions) {
    return new Heartbeat(7, 0, 1, Instant.EPOCH, partitions, SHARDS, List.of(0L), List.of());
  }

  private static VectorRecord numbered(VectorMessage message, long number) {
    int shard = message instanceof ShardRound round ? round.shard() : 2;
    return new VectorRecord(message, new ShardPosition(shard, 9, number), null, false);
  }

  private static PassageVectors document(int shard) {
    return new PassageVectors(
        "d",
        shard,
        1,
        new DocumentRevision(
            1,
            DocumentRevision.NO_EDIT,
            Outcome.ADDED,
            "",
            new EditTimes(null, Instant.EPOCH, Instant.EPOCH),
            0,
            VectorCounts.NONE,
            Provenance.NONE),
        RecordPart.WHOLE,
        List.of(new ManifestEntry(UID, 0, 4)),
        List.of(
            new PassageInsert(
                UID,
                UID,
                "text",
                new float[] {1, 2, 3},
                new PassageTrunk(UID, new float[] {5, 6}))));
  }
}
