package io.realmstream.deploy.door.events;

import io.realmstream.deploy.client.AssignedPartitions;
import io.realmstream.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Reads events from where a reader left off. What a topic does not hold any more is an event {@code
 * gap}: retention has passed it, or the topic was made anew. A status that a newer one of its
 * document has replaced is no gap, since the newer one comes.
 */
final class EventReader {
  private final Consumer<byte[], byte[]> consumer;
  private final AssignedPartitions partitions;
  private final Map<String, EventKind> kinds = new HashMap<>();
  private final Positions positions;

  /**
   * An event.
   *
   * @param id where to go on behind it
   * @param name of the kind, or {@code gap}
   * @param data JSON in one line
   */
  record Event(String id, String name, String data) {}

  /**
   * Begins where the positions say. If they do not name a kind, its partitions begin at their ends.
   * If they name a kind but not one of its partitions, that partition was added since.
   *
   * @param consumer one that does not go on elsewhere by itself
   * @param left null = at the end of all
   */
  EventReader(
      Consumer<byte[], byte[]> consumer,
      Topics topics,
      Set<EventKind> wanted,
      @Nullable Positions left) {
    this.consumer = consumer;
    positions = left == null ? new Positions() : left;
    wanted.forEach(kind -> kinds.put(kind.topic(topics), kind));
    partitions = new AssignedPartitions(consumer, kinds.keySet());
    Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions.all());
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions.all());
    Set<EventKind> named = positions.kinds();
    for (TopicPartition partition : partitions.all()) {
      boolean added = named.contains(kind(partition.topic()));
      stand(partition, Objects.requireNonNull((added ? beginnings : ends).get(partition)));
    }
  }

  /** Where the reader stands now, which is the id of what it has heard. */
  String id() {
    return positions.toString();
  }

  /** The events that come within a time. */
  List<Event> poll(Duration atMost) {
    List<TopicPartition> added = partitions.added();
    if (!added.isEmpty()) {
      consumer.beginningOffsets(added).forEach(this::stand);
    }
    List<Event> events = new ArrayList<>();
    try {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(atMost)) {
        EventKind kind = kind(record.topic());
        positions.set(kind, record.partition(), record.offset() + 1);
        String data = kind.line(record.value());
        if (data != null) {
          events.add(new Event(id(), kind.word(), data));
        }
      }
    } catch (OffsetOutOfRangeException e) {
      e.offsetOutOfRangePartitions().forEach((partition, from) -> events.add(gap(partition, from)));
    }
    return events;
  }

  /** Seeks to where the partition was left, or else to the given offset. */
  private void stand(TopicPartition partition, long otherwise) {
    EventKind kind = kind(partition.topic());
    long next = positions.of(kind, partition.partition(), otherwise);
    positions.set(kind, partition.partition(), next);
    consumer.seek(partition, next);
  }

  /** Goes on at the first record that is there; at the beginning, too, of a topic made anew. */
  private Event gap(TopicPartition partition, long from) {
    long to = Objects.requireNonNull(consumer.beginningOffsets(List.of(partition)).get(partition));
    consumer.seek(partition, to);
    EventKind kind = kind(partition.topic());
    positions.set(kind, partition.partition(), to);
    String data =
        "{\"topic\":\"%s\",\"partition\":%d,\"from\":%d,\"to\":%d}"
            .formatted(kind.word(), partition.partition(), from, to);
    return new Event(id(), "gap", data);
  }

  private EventKind kind(String topic) {
    return Objects.requireNonNull(kinds.get(topic));
  }
}
