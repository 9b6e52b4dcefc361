package io.realmstream.jobs.retriever.passages;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.DeadLetters;
import io.realmstream.jobs.InboundRecord;
import io.realmstream.jobs.retriever.vectors.DecodeVectorsFunction;
import io.realmstream.jobs.retriever.vectors.PassageEvent;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.avro.VectorMessageCodec;
import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.vectors.PassageInsert;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.ShardComplete;
import io.realmstream.schemas.vectors.ShardPosition;
import io.realmstream.schemas.vectors.VectorRecord;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A stranger's vector is the first one of version 2, so the updater's own are refused there, by
 * {@code decode-vectors}: whom that holds up, and whom it does not.
 */
class RefusedVectorsTest {
  private static final int SHARD = PassagesHarness.SHARD;

  private OneInputStreamOperatorTestHarness<InboundRecord, PassageEvent> decode;
  private PassagesHarness passages;
  private int handed;

  @SuppressWarnings("NullAway.Init") // set before each test
  RefusedVectorsTest() {}

  @BeforeEach
  void start() throws Exception {
    passages = new PassagesHarness();
    decode =
        new OneInputStreamOperatorTestHarness<>(
            new ProcessOperator<>(new DecodeVectorsFunction(16)));
    decode.open();
    read(document(1, "doc", 2), position(1));
    passages.acknowledge("doc", 1);
    passages.send(PassageEvent.of(new ShardComplete(1, SHARD)));
    read(document(2, "stranger", 3), null);
    assertThat(decode.getSideOutput(DeadLetters.TAG)).isNull();
    read(document(2, "doc", 2), position(2));
    assertThat(decode.getSideOutput(DeadLetters.TAG)).hasSize(1);
  }

  @AfterEach
  void stop() throws Exception {
    decode.close();
    passages.close();
  }

  @Test
  void theVersionInForceIsAsCompleteAndAsFreshAsBefore() throws Exception {
    passages.beat(1_000);
    assertThat(passages.complete()).containsExactly(1);
    assertThat(passages.freshness()).containsExactly("1000");
    assertThat(passages.settled()).containsExactly(1L);

    passages.publish("other", 1, false);
    passages.beat(2_000);
    assertThat(passages.freshness()).as("an edit of it is on its way").containsExactly("1000");
    passages.acknowledge("other", 1);
    assertThat(passages.freshness()).containsExactly("1000", "2000");
  }

  @Test
  void theVersionThatIsBuiltNeverCountsAsComplete() throws Exception {
    passages.send(PassageEvent.of(new ShardComplete(2, SHARD)));
    passages.beat(1_000);
    passages.restore();
    passages.beat(2_000);
    assertThat(passages.complete()).doesNotContain(2);
    assertThat(passages.freshness()).endsWith("2000");
  }

  /** It would be refused as often as it came. */
  @Test
  void nothingIsPublishedAgain() throws Exception {
    passages.pass(600_000);
    assertThat(passages.requests()).isEmpty();
    assertThat(decode.extractOutputValues()).noneMatch(PassageEvent::isGap);
  }

  private void read(PassageVectors vectors, @Nullable ShardPosition position) throws Exception {
    byte[] value =
        position == null
            ? VectorMessageCodec.encode(vectors)
            : VectorMessageCodec.encode(new VectorRecord(vectors, position, null, false));
    decode.processElement(
        new StreamRecord<>(new InboundRecord("vectors", 0, 0, 0, null, value, List.of())));
    List<PassageEvent> events = new ArrayList<>();
    for (StreamRecord<PassageEvent> event :
        decode.getSideOutput(DecodeVectorsFunction.PASSAGE_EVENTS)) {
      events.add(event.getValue());
    }
    for (PassageEvent event : events.subList(handed, events.size())) {
      passages.send(event);
    }
    handed = events.size();
  }

  private static ShardPosition position(long number) {
    return new ShardPosition(SHARD, 7, number);
  }

  /** Its first revision in a version, with a vector of so many dimensions. */
  private static PassageVectors document(int version, String id, int dimension) {
    PassageVectors v = PassagesHarness.record(id, 1, Outcome.ADDED);
    Hash128 uid = v.manifest().get(0).uid();
    List<PassageInsert> inserts =
        new ArrayList<>(List.of(new PassageInsert(uid, uid, id, new float[dimension])));
    return new PassageVectors(
        id, v.shard(), version, v.revision(), v.part(), v.manifest(), inserts);
  }
}
