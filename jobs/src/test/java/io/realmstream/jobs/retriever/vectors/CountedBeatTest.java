package io.realmstream.jobs.retriever.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.InboundRecord;
import io.realmstream.model.serving.BeatPosition;
import io.realmstream.schemas.avro.VectorMessageCodec;
import io.realmstream.schemas.vectors.Heartbeat;
import io.realmstream.schemas.vectors.ShardRound;
import io.realmstream.schemas.vectors.VectorMessage;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How {@code decode-vectors} counts heartbeats: alike for the cells' side and the documents'. */
class CountedBeatTest {
  private static final int SHARDS = 4;

  @SuppressWarnings("NullAway.Init") // set before each test
  private OneInputStreamOperatorTestHarness<InboundRecord, PassageEvent> decode;

  @SuppressWarnings("NullAway.Init") // set before each test
  CountedBeatTest() {}

  @BeforeEach
  void open() throws Exception {
    open(null);
  }

  @AfterEach
  void close() throws Exception {
    decode.close();
  }

  @Test
  void bothSidesHearTheSameCountOfEachShardInOrderWithItsRecords() throws Exception {
    read(beat(1));
    read(new ShardRound(1, 9, false, List.of(), List.of()));
    read(beat(2)); // of the shards 0 and 2
    assertThat(heard(decode.extractOutputValues()))
        .containsExactly("0:1", "1:1", "2:1", "3:1", "round of 1", "0:2", "2:2");
    assertThat(heard(toDocuments())).isEqualTo(heard(decode.extractOutputValues()));
    assertThat(runs()).hasSize(1);
  }

  @Test
  void onlyTheDocumentsSideGetsWhatAHeartbeatSays() throws Exception {
    read(beat(1));
    assertThat(decode.extractOutputValues())
        .extracting(PassageEvent::beat)
        .allMatch(beat -> beat != null && beat.heartbeat() == null);
    assertThat(toDocuments())
        .extracting(PassageEvent::beat)
        .allMatch(beat -> beat != null && beat.heartbeat() != null);
  }

  @Test
  void aRestoredRunCountsAnewByAnotherNameAndNamesItsCheckpoint() throws Exception {
    read(beat(1));
    read(beat(1));
    List<BeatPosition> before = runs();
    assertThat(restored()).containsOnly(CountedBeat.NO_CHECKPOINT);
    OperatorSubtaskState state = decode.snapshot(1, 1);
    decode.close();
    open(state);
    read(beat(1));
    assertThat(heard(decode.extractOutputValues())).containsExactly("0:1", "1:1", "2:1", "3:1");
    assertThat(runs()).doesNotContainAnyElementsOf(before);
    assertThat(restored()).allMatch(checkpoint -> checkpoint > CountedBeat.NO_CHECKPOINT);
  }

  private static Heartbeat beat(int partitions) {
    return new Heartbeat(1, 0, 1, Instant.EPOCH, partitions, SHARDS, List.of(), List.of());
  }

  private List<PassageEvent> toDocuments() {
    return decode.getSideOutput(DecodeVectorsFunction.PASSAGE_EVENTS).stream()
        .map(StreamRecord::getValue)
        .toList();
  }

  private static List<String> heard(List<PassageEvent> events) {
    return events.stream()
        .map(
            event ->
                event.beat() == null
                    ? "round of " + event.shard()
                    : event.shard() + ":" + event.beat().position().number())
        .toList();
  }

  /** The first heartbeat of each run. */
  private List<BeatPosition> runs() {
    return beats().map(beat -> new BeatPosition(beat.position().run(), 1)).distinct().toList();
  }

  private List<Long> restored() {
    return beats().map(CountedBeat::restored).distinct().toList();
  }

  private Stream<CountedBeat> beats() {
    return decode.extractOutputValues().stream().map(PassageEvent::beat).filter(Objects::nonNull);
  }

  private void open(@Nullable OperatorSubtaskState restored) throws Exception {
    decode =
        new OneInputStreamOperatorTestHarness<>(
            new ProcessOperator<>(new DecodeVectorsFunction(SHARDS)));
    decode.setup();
    decode.initializeState(restored);
    decode.open();
  }

  private void read(VectorMessage message) throws Exception {
    byte[] value = VectorMessageCodec.encode(message);
    decode.processElement(
        new StreamRecord<>(new InboundRecord("vectors", 0, 41, 0, null, value, List.of())));
  }
}
