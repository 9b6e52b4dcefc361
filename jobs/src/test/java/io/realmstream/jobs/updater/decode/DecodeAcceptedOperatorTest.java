package io.realmstream.jobs.updater.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.DeadLetters;
import io.realmstream.jobs.InboundRecord;
import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.RecordHeader;
import io.realmstream.jobs.Shards;
import io.realmstream.jobs.updater.documents.DocumentsHarness;
import io.realmstream.jobs.updater.documents.ShardEdit;
import io.realmstream.model.document.DocumentState;
import io.realmstream.schemas.DeadLetterHeaders;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.document.AcceptedEdit;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.json.AcceptedEditCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DecodeAcceptedOperatorTest {
  private static final int SHARDS = 8;
  private static final Hash128 CONTENT = new Hash128(3, 4);

  private OneInputStreamOperatorTestHarness<InboundRecord, ShardEdit> harness;

  @SuppressWarnings("NullAway.Init")
  DecodeAcceptedOperatorTest() {}

  @BeforeEach
  void open() throws Exception {
    harness =
        new OneInputStreamOperatorTestHarness<>(new DecodeAcceptedOperator(new Shards(SHARDS)));
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  /** The hash is the recorded one, whatever hash such a text would be given now. */
  @Test
  void editHasThePlaceAndTheOriginThatWereRecorded() throws Exception {
    read(DocumentsHarness.upsert("a", 5, "Five."), new AcceptedEdit.Origin(700, 2, 31));

    ShardEdit arriving = harness.extractOutputValues().get(0);
    assertThat(arriving.recorded()).isTrue();
    assertThat(arriving.order().tie()).isEqualTo(CONTENT);
    assertThat(arriving.received().timestamp()).isEqualTo(700);
    assertThat(arriving.received().partition()).isEqualTo(2);
    assertThat(arriving.received().offset()).isEqualTo(31);
    assertThat(arriving.shard()).isEqualTo(new Shards(SHARDS).ofDocument("a"));
  }

  @Test
  void deletionHasNoValueAndMayHaveNoOrigin() throws Exception {
    AcceptedEdit deletion =
        new AcceptedEdit(DocumentsHarness.delete("a", 5), DocumentState.deleted(5).tie(), null);
    process(AcceptedEditCodec.key(deletion), null, headers(deletion));

    ShardEdit arriving = harness.extractOutputValues().get(0);
    assertThat(arriving.received().edit()).isEqualTo(DocumentsHarness.delete("a", 5));
    assertThat(arriving.order()).isEqualTo(DocumentState.deleted(5));
  }

  @Test
  void everyShardHearsOfTheEndBehindTheLastEdit() throws Exception {
    read(DocumentsHarness.upsert("a", 5, "Five."), null);
    harness.endInput();

    List<ShardEdit> arriving = harness.extractOutputValues();
    assertThat(arriving.subList(1, arriving.size()))
        .containsExactlyElementsOf(IntStream.range(0, SHARDS).mapToObj(ShardEdit::end).toList());
  }

  @Test
  void foreignRecordIsADeadLetterThatSaysWhatIsWrong() throws Exception {
    process("a".getBytes(UTF_8), "{\"id\":\"a\"}".getBytes(UTF_8), List.of());

    assertThat(harness.extractOutputValues()).isEmpty();
    OutboundRecord letter =
        harness.getSideOutput(DeadLetters.TAG).stream()
            .map(StreamRecord::getValue)
            .findFirst()
            .orElseThrow();
    assertThat(letter.headers())
        .extracting(header -> header.key() + " " + new String(header.value(), UTF_8))
        .contains(
            DeadLetterHeaders.STAGE + " decode-accepted",
            DeadLetterHeaders.CLASS + " MALFORMED",
            DeadLetterHeaders.MESSAGE + " realm_accepted_revision: header absent");
  }

  private void read(DocumentEdit edit, AcceptedEdit.@Nullable Origin origin) throws Exception {
    AcceptedEdit accepted = new AcceptedEdit(edit, CONTENT, origin);
    process(AcceptedEditCodec.key(accepted), AcceptedEditCodec.value(accepted), headers(accepted));
  }

  private void process(byte[] key, byte @Nullable [] value, List<RecordHeader> headers)
      throws Exception {
    harness.processElement(
        new StreamRecord<>(new InboundRecord("accepted", 1, 2, 3, key, value, headers)));
  }

  private static List<RecordHeader> headers(AcceptedEdit accepted) {
    List<RecordHeader> headers = new ArrayList<>();
    AcceptedEditCodec.headers(accepted)
        .forEach((name, value) -> headers.add(new RecordHeader(name, value)));
    return headers;
  }
}
