package io.realmstream.deploy.door.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.deploy.client.ClientException;
import io.realmstream.deploy.door.events.EventReader.Event;
import io.realmstream.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Reads a topic {@code freshness} that holds the offsets from 5 to 9. */
@Timeout(60)
class EventReaderTest {
  private static final Topics TOPICS = new Topics("kb");
  private static final String TOPIC = TOPICS.freshness();
  private static final TopicPartition FIRST = new TopicPartition(TOPIC, 0);
  private static final TopicPartition SECOND = new TopicPartition(TOPIC, 1);

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");

  @BeforeEach
  void onePartition() {
    partitions(TOPIC, 1);
    partitions(TOPICS.indexVersions(), 1);
    consumer.updateBeginningOffsets(Map.of(FIRST, 5L, SECOND, 0L, versions(), 0L));
    consumer.updateEndOffsets(Map.of(FIRST, 10L, SECOND, 2L, versions(), 30L));
  }

  @Test
  void aNewReaderHearsWhatComesFromNowOn() {
    EventReader reader = reader(null);
    assertThat(reader.id()).isEqualTo("freshness.0=10");
    write(FIRST, 10, "{\"run\": 1, \"number\": 2}");
    assertThat(reader.poll(Duration.ZERO))
        .containsExactly(new Event("freshness.0=11", "freshness", "{\"number\":2,\"run\":1}"));
  }

  @Test
  void aReaderGoesOnWhereItLeftOff() {
    EventReader reader = reader("freshness.0=8");
    assertThat(reader.id()).isEqualTo("freshness.0=8");
    assertThat(consumer.position(FIRST)).isEqualTo(8);
  }

  @Test
  void whatIsNoRecordOfItsTopicIsLeftOutAndNotReadAgain() {
    EventReader reader = reader(null);
    write(FIRST, 10, "nonsense");
    assertThat(reader.poll(Duration.ZERO)).isEmpty();
    assertThat(reader.id()).isEqualTo("freshness.0=11");
  }

  @Test
  void whatRetentionHasPassedIsAGap() {
    EventReader reader = reader("freshness.0=2");
    consumer.setPollException(new OffsetOutOfRangeException(Map.of(FIRST, 2L)));
    assertThat(reader.poll(Duration.ZERO))
        .containsExactly(
            new Event(
                "freshness.0=5",
                "gap",
                "{\"topic\":\"freshness\",\"partition\":0,\"from\":2,\"to\":5}"));
    assertThat(consumer.position(FIRST)).isEqualTo(5);
  }

  @Test
  void aTopicMadeAnewIsAGapBackToItsBeginning() {
    EventReader reader = reader("freshness.0=700");
    consumer.setPollException(new OffsetOutOfRangeException(Map.of(FIRST, 700L)));
    assertThat(reader.poll(Duration.ZERO))
        .extracting(Event::data)
        .containsExactly("{\"topic\":\"freshness\",\"partition\":0,\"from\":700,\"to\":5}");
  }

  @Test
  void aPartitionThatIsAddedMeanwhileIsReadFromItsBeginning() {
    EventReader reader = reader(null);
    partitions(TOPIC, 2);
    List<Event> events = new ArrayList<>();
    while (events.isEmpty()) {
      if (consumer.assignment().contains(SECOND)) {
        write(SECOND, 0, "{\"run\": 1, \"number\": 7}");
      }
      events.addAll(reader.poll(Duration.ZERO));
    }
    assertThat(events.get(0).id()).isEqualTo("freshness.0=10,freshness.1=1");
  }

  @Test
  void aPartitionThatWasAddedWhileTheReaderWasAwayIsReadFromItsBeginning() {
    partitions(TOPIC, 2);
    assertThat(reader("freshness.0=8").id()).isEqualTo("freshness.0=8,freshness.1=0");
  }

  @Test
  void aKindThatTheIdDoesNotNameBeginsNow() {
    Set<EventKind> wanted = EnumSet.of(EventKind.FRESHNESS, EventKind.VERSION);
    EventReader reader =
        new EventReader(consumer, TOPICS, wanted, Positions.parse("freshness.0=8"));
    assertThat(reader.id()).isEqualTo("freshness.0=8,version.0=30");
  }

  @Test
  void aTopicThatTheBrokerDoesNotKnowIsSaid() {
    assertThatThrownBy(() -> new EventReader(consumer, TOPICS, EnumSet.of(EventKind.STATUS), null))
        .isInstanceOf(ClientException.class)
        .hasMessage("the broker does not know kb.document-status.v1 yet");
  }

  private EventReader reader(@Nullable String id) {
    return new EventReader(
        consumer, TOPICS, EnumSet.of(EventKind.FRESHNESS), id == null ? null : Positions.parse(id));
  }

  private void write(TopicPartition partition, long offset, String value) {
    consumer.addRecord(
        new ConsumerRecord<>(
            partition.topic(), partition.partition(), offset, new byte[0], value.getBytes(UTF_8)));
  }

  private void partitions(String topic, int count) {
    List<PartitionInfo> partitions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      partitions.add(new PartitionInfo(topic, i, Node.noNode(), new Node[0], new Node[0]));
    }
    consumer.updatePartitions(topic, partitions);
  }

  private static TopicPartition versions() {
    return new TopicPartition(TOPICS.indexVersions(), 0);
  }
}
