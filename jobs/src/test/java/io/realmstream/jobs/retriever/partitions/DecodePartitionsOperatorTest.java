package io.realmstream.jobs.retriever.partitions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.DeadLetters;
import io.realmstream.jobs.InboundRecord;
import io.realmstream.jobs.OutboundRecord;
import io.realmstream.model.index.partition.Partition;
import io.realmstream.model.index.partition.PartitionEvent;
import io.realmstream.model.index.partition.PartitionEvent.Kind;
import io.realmstream.model.index.partition.PartitionHead;
import io.realmstream.model.index.partition.PartitionId;
import io.realmstream.schemas.DeadLetterHeaders;
import java.util.List;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DecodePartitionsOperatorTest {
  private static final PartitionId ID = new PartitionId(1, 1);
  private static final Partition LINE = PartitionEvents.line(3, 1);

  @SuppressWarnings("NullAway.Init") // set before each test
  private OneInputStreamOperatorTestHarness<InboundRecord, PartitionEvent> decode;

  @BeforeEach
  void open() throws Exception {
    decode = new OneInputStreamOperatorTestHarness<>(new DecodePartitionsOperator());
    decode.open();
  }

  @AfterEach
  void close() throws Exception {
    decode.close();
  }

  /** An empty topic has no record that could bring it. */
  @Test
  void runIsNamedThoughNoRecordComes() throws Exception {
    decode.setProcessingTime(1);
    assertThat(news()).singleElement().satisfies(DecodePartitionsOperatorTest::isName);
  }

  @Test
  void runIsNamedOnceAndBeforeAnythingElseIsSaid() throws Exception {
    PartitionEvent foreign = PartitionEvent.of(Kind.SERVE, ID, -5);
    read(foreign);
    decode.setProcessingTime(1);
    read(foreign);
    assertThat(news()).hasSize(3);
    assertThat(news().get(0)).satisfies(DecodePartitionsOperatorTest::isName);
    assertThat(news().subList(1, 3)).containsOnly(PartitionNews.said(foreign));
  }

  @Test
  void everyStartHasAnotherName() throws Exception {
    long before = run();
    close();
    open();
    assertThat(run()).isNotEqualTo(before);
  }

  @Test
  void commandsOfThisRunGoOn() throws Exception {
    List<PartitionEvent> own =
        List.of(
            PartitionEvent.fill(ID, run(), PartitionHead.of(LINE, 100)),
            PartitionEvent.of(Kind.SERVE, ID, run()),
            PartitionEvent.of(Kind.ALONE, ID, run()),
            PartitionEvent.of(Kind.OVER, ID, run()));
    for (PartitionEvent command : own) {
      read(command);
    }
    assertThat(decode.extractOutputValues()).isEqualTo(own);
    assertThat(news()).hasSize(1);
  }

  @Test
  void commandsOfAnotherRunGoToPartitionsAlone() throws Exception {
    PartitionEvent fill = PartitionEvent.fill(ID, run() + 1, PartitionHead.of(LINE, 100));
    read(fill);
    assertThat(decode.extractOutputValues()).isEmpty();
    assertThat(news()).last().isEqualTo(PartitionNews.said(fill));
  }

  @Test
  void chunksGoOnWhoeverPublishedThem() throws Exception {
    read(PartitionEvents.chunks(ID, LINE).get(0));
    assertThat(decode.extractOutputValues())
        .singleElement()
        .returns(Kind.CHUNK, PartitionEvent::kind)
        .returns(ID, PartitionEvent::id);
  }

  @Test
  void chunkThatHasLeftTheTopicIsGone() throws Exception {
    read(PartitionRecords.without(Kind.CHUNK, ID, 0));
    assertThat(decode.extractOutputValues()).containsExactly(PartitionEvent.gone(ID));
  }

  @Test
  void commandThatHasLeftTheTopicAndAKeyOfAnotherKindSayNothing() throws Exception {
    read(PartitionRecords.without(Kind.FILL, ID, 0));
    read(new OutboundRecord(OutboundRecord.BY_KEY, "other".getBytes(UTF_8), null, List.of()));
    read(new OutboundRecord(OutboundRecord.BY_KEY, null, null, List.of()));
    assertThat(decode.extractOutputValues()).isEmpty();
    assertThat(side(DeadLetters.TAG)).isEmpty();
  }

  @Test
  void whatIsNoPartitionRecordIsADeadLetterAndReadingGoesOn() throws Exception {
    read(OutboundRecord.byKey(new byte[1], "partition 1, please".getBytes(UTF_8)));
    read(PartitionEvents.chunks(ID, LINE).get(0));
    assertThat(side(DeadLetters.TAG))
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(header(letter, DeadLetterHeaders.STAGE)).isEqualTo("decode-partitions");
              assertThat(header(letter, DeadLetterHeaders.CLASS)).isEqualTo("MALFORMED");
              assertThat(header(letter, DeadLetterHeaders.MESSAGE)).startsWith("value: is no");
            });
    assertThat(decode.extractOutputValues()).hasSize(1);
  }

  private static void isName(PartitionNews news) {
    assertThat(news.run()).isPositive();
    assertThat(news).isEqualTo(PartitionNews.run(news.run()));
  }

  private long run() throws Exception {
    decode.setProcessingTime(1);
    return news().get(0).run();
  }

  private void read(PartitionEvent event) throws Exception {
    read(PartitionRecords.of(event));
  }

  private void read(OutboundRecord record) throws Exception {
    decode.processElement(
        new StreamRecord<>(
            new InboundRecord("partitions", 0, 1, 7, record.key(), record.value(), List.of())));
  }

  private List<PartitionNews> news() {
    return side(DecodePartitionsOperator.PARTITION_NEWS);
  }

  private <T> List<T> side(OutputTag<T> tag) {
    var records = decode.getSideOutput(tag);
    return records == null ? List.of() : records.stream().map(StreamRecord::getValue).toList();
  }

  private static @Nullable String header(OutboundRecord letter, String key) {
    return letter.headers().stream()
        .filter(header -> header.key().equals(key))
        .map(header -> new String(header.value(), UTF_8))
        .findFirst()
        .orElse(null);
  }
}
