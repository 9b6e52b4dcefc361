package io.realmstream.jobs.retriever.vectors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.DeadLetters;
import io.realmstream.jobs.InboundRecord;
import io.realmstream.jobs.OutboundRecord;
import io.realmstream.schemas.DeadLetterHeaders;
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
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.RecordPart;
import io.realmstream.schemas.vectors.ShardComplete;
import io.realmstream.schemas.vectors.ShardPosition;
import io.realmstream.schemas.vectors.ShardRetired;
import io.realmstream.schemas.vectors.VectorRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecodeVectorsFunctionTest {
  private static final int SHARDS = 4;
  private static final Hash128 UID = new Hash128(1, 2);

  @SuppressWarnings("NullAway.Init") // set before each test
  private OneInputStreamOperatorTestHarness<InboundRecord, PassageEvent> decode;

  @BeforeEach
  void open() throws Exception {
    open(null);
  }

  @AfterEach
  void close() throws Exception {
    decode.close();
  }

  @Test
  void vectorOfAnotherDimensionIsADeadLetterWithItsBytesAndItsPlace() throws Exception {
    read(record(1, 3));
    InboundRecord other = record(1, 4);
    read(other);

    assertThat(decode.extractOutputValues()).hasSize(1);
    OutboundRecord letter = deadLetters().get(0);
    assertThat(letter.value()).isEqualTo(other.value());
    assertThat(header(letter, DeadLetterHeaders.TOPIC)).isEqualTo("vectors");
    assertThat(header(letter, DeadLetterHeaders.PARTITION)).isEqualTo("2");
    assertThat(header(letter, DeadLetterHeaders.OFFSET)).isEqualTo("41");
    assertThat(header(letter, DeadLetterHeaders.CLASS)).isEqualTo("DIMENSION");
    assertThat(header(letter, DeadLetterHeaders.MESSAGE))
        .isEqualTo(
            "vector of passage %s: must have 3 dimensions as version 1 has (has 4)".formatted(UID));
  }

  @Test
  void dimensionSurvivesARestore() throws Exception {
    read(record(1, 3));
    OperatorSubtaskState state = decode.snapshot(1, 1);
    decode.close();
    open(state);
    read(record(1, 4));

    assertThat(decode.extractOutputValues()).isEmpty();
    assertThat(deadLetters()).hasSize(1);
  }

  @Test
  void aYearOfVersionsLeavesTheDimensionsOfTheNewest() throws Exception {
    for (int version = 1; version <= 365; version++) {
      read(record(version, 3));
    }
    var state = decode.snapshot(1, 1).getManagedOperatorState().iterator().next();
    assertThat(state.getStateNameToPartitionOffsets())
        .hasEntrySatisfying("dimensions", kept -> assertThat(kept.getOffsets()).hasSize(64));
    read(record(365, 4));
    assertThat(deadLetters()).hasSize(1);
  }

  @Test
  void lostRecordIsToldToBothSidesInFrontOfTheNext() throws Exception {
    read(numbered(7, 1, null));
    read(numbered(7, 3, null));

    assertThat(decode.extractOutputValues())
        .extracting(PassageEvent::isGap)
        .containsExactly(false, true, false);
    assertThat(events()).extracting(PassageEvent::isGap).containsExactly(false, true, false);
  }

  @Test
  void lostTailIsToldByAHeartbeatOnce() throws Exception {
    read(numbered(7, 1, null));
    read(beat(new ShardPosition(1, 7, 1)));
    assertThat(events()).noneMatch(PassageEvent::isGap);

    read(beat(new ShardPosition(1, 7, 4)));
    read(beat(new ShardPosition(1, 7, 4)));
    assertThat(events().stream().filter(PassageEvent::isGap)).hasSize(1);
    assertThat(decode.extractOutputValues().stream().filter(PassageEvent::isGap)).hasSize(1);
  }

  @Test
  void progressSurvivesARestore() throws Exception {
    read(numbered(7, 1, null));
    OperatorSubtaskState state = decode.snapshot(1, 1);
    decode.close();
    open(state);
    read(numbered(8, 1, new ShardPosition(1, 7, 1)));
    assertThat(events()).noneMatch(PassageEvent::isGap);
    read(numbered(9, 1, new ShardPosition(1, 8, 2)));
    assertThat(events().stream().filter(PassageEvent::isGap)).hasSize(1);
  }

  /** The updater cannot know of it, and what it holds is not what is answered. */
  @Test
  void refusedRecordOfTheUpdaterIsALoss() throws Exception {
    read(record(1, 3));
    VectorRecord refused =
        new VectorRecord(vectors(0, 1, 4), new ShardPosition(0, 7, 1), null, false);
    read(inbound(VectorMessageCodec.encode(refused)));
    assertThat(deadLetters()).hasSize(1);
    assertThat(events()).last().matches(PassageEvent::isGap);
  }

  @Test
  void recordWithoutANumberIsNoGap() throws Exception {
    read(numbered(7, 1, null));
    read(record(1, 3));
    read(numbered(7, 2, null));
    assertThat(events()).noneMatch(PassageEvent::isGap);
  }

  @Test
  void shardsThatThereAreNotAreDeadLetters() throws Exception {
    read(inbound(VectorMessageCodec.encode(vectors(SHARDS, 1, 3))));
    read(inbound(VectorMessageCodec.encode(new ShardComplete(1, SHARDS))));
    read(inbound(VectorMessageCodec.encode(new ShardRetired(1, 1 << 30))));

    assertThat(deadLetters())
        .extracting(letter -> header(letter, DeadLetterHeaders.MESSAGE))
        .containsExactly(
            "shard: must be below 4 (is 4)",
            "shard: must be below 4 (is 4)",
            "shard: must be below 4 (is 1073741824)");
    assertThat(decode.extractOutputValues()).isEmpty();
    assertThat(decode.getSideOutput(DecodeVectorsFunction.PASSAGE_EVENTS)).isNull();
  }

  @Test
  void recordWithoutValueIsADeadLetter() throws Exception {
    read(inbound(null));

    assertThat(header(deadLetters().get(0), DeadLetterHeaders.MESSAGE)).isEqualTo("value: is null");
  }

  /** Whoever wrote them knows where a shard's records stand, however many partitions there are. */
  @Test
  void heartbeatCountsForTheShardsThatItsWriterPutsIntoThePartition() throws Exception {
    read(beat(3));
    assertThat(beaten()).containsExactly(2);
    read(beat(8));
    assertThat(beaten()).containsExactly(2, 2);
  }

  @Test
  void heartbeatOfAnotherCountSaysNothing() throws Exception {
    read(beat(2));
    assertThat(beaten()).isEmpty();
    assertThat(deadLetters()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {SHARDS - 1, SHARDS * 2})
  void updaterWithAnotherNumberOfShardsPutsEveryShardInDoubtOnce(int other) throws Exception {
    read(beatOf(5, other));
    read(beatOf(5, other));

    assertThat(events()).hasSize(SHARDS).allMatch(PassageEvent::isGap);
    assertThat(beaten()).containsExactly(0, 1, 2, 3);
    assertThat(decode.extractOutputValues()).hasSize(SHARDS).allMatch(PassageEvent::isGap);
    read(beatOf(6, SHARDS));
    assertThat(events()).last().matches(event -> !event.isGap());
  }

  private static InboundRecord beatOf(long run, int shards) {
    return inbound(
        VectorMessageCodec.encode(
            new Heartbeat(run, 0, 1, Instant.EPOCH, 4, shards, List.of(), List.of())));
  }

  private static InboundRecord beat(int partitions) {
    return inbound(
        VectorMessageCodec.encode(
            new Heartbeat(1, 0, 1, Instant.EPOCH, partitions, SHARDS, List.of(), List.of())));
  }

  private List<Integer> beaten() {
    var events = decode.getSideOutput(DecodeVectorsFunction.PASSAGE_EVENTS);
    return events == null
        ? List.of()
        : events.stream().map(event -> event.getValue().shard()).toList();
  }

  private void open(@Nullable OperatorSubtaskState restored) throws Exception {
    decode =
        new OneInputStreamOperatorTestHarness<>(
            new ProcessOperator<>(new DecodeVectorsFunction(SHARDS)));
    decode.setup();
    decode.initializeState(restored);
    decode.open();
  }

  private void read(InboundRecord record) throws Exception {
    decode.processElement(new StreamRecord<>(record));
  }

  private List<OutboundRecord> deadLetters() {
    var letters = decode.getSideOutput(DeadLetters.TAG);
    return letters == null ? List.of() : letters.stream().map(StreamRecord::getValue).toList();
  }

  private List<PassageEvent> events() {
    var events = decode.getSideOutput(DecodeVectorsFunction.PASSAGE_EVENTS);
    return events == null ? List.of() : events.stream().map(StreamRecord::getValue).toList();
  }

  /** A record of shard 1. */
  private static InboundRecord numbered(long run, long number, @Nullable ShardPosition follows) {
    ShardPosition position = new ShardPosition(1, run, number);
    return inbound(
        VectorMessageCodec.encode(new VectorRecord(vectors(1, 1, 3), position, follows, false)));
  }

  private static InboundRecord beat(ShardPosition last) {
    return inbound(
        VectorMessageCodec.encode(
            new Heartbeat(7, 0, 1, Instant.EPOCH, 4, SHARDS, List.of(), List.of(last))));
  }

  private static InboundRecord record(int version, int... dimensions) {
    return inbound(VectorMessageCodec.encode(vectors(0, version, dimensions)));
  }

  private static InboundRecord inbound(byte @Nullable [] value) {
    return new InboundRecord("vectors", 2, 41, 7, "d".getBytes(UTF_8), value, List.of());
  }

  private static PassageVectors vectors(int shard, int version, int... dimensions) {
    List<PassageInsert> inserts = new ArrayList<>();
    for (int dimension : dimensions) {
      inserts.add(new PassageInsert(UID, UID, "text", new float[dimension]));
    }
    return new PassageVectors(
        "d",
        shard,
        version,
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
        inserts);
  }

  private static String header(OutboundRecord record, String name) {
    return record.headers().stream()
        .filter(header -> header.key().equals(name))
        .map(header -> new String(header.value(), UTF_8))
        .findFirst()
        .orElse("");
  }
}
